"""GPT-3: its size, its cost and its table of training data, recomputed."""

import numpy as np

TOKENS = 300e9  # all models, Table 2.1
DATA = {  # tokens in billions, weight in the mix, epochs as printed in Table 2.2
    "Common Crawl": (410, 0.60, 0.44),
    "WebText2": (19, 0.22, 2.9),
    "Books1": (12, 0.08, 1.9),
    "Books2": (55, 0.08, 0.43),
    "Wikipedia": (3, 0.03, 3.4),
}


def parameters(layers, d_model, vocabulary=50_257, n_ctx=2048):
    """Four attention matrices, two of width 4 d_model, biases and gains; embeddings of tokens and places."""
    attention = 4 * (d_model**2 + d_model)
    feed_forward = 2 * d_model * 4 * d_model + 4 * d_model + d_model
    norms = 2 * 2 * d_model
    return layers * (attention + feed_forward + norms) + (vocabulary + n_ctx + 2) * d_model


def epochs(name):
    """How often a corpus is seen in 300 billion tokens, from its size and its weight."""
    size, weight, _ = DATA[name]
    return TOKENS / 1e9 * weight / size


def layers_give_the_size() -> str:
    """96 layers of width 12,288 come to 174.6 billion parameters (Table 2.1)."""
    count = parameters(96, 12_288)
    assert abs(count / 175e9 - 1) < 0.005, f"counted {count:,}"
    assert round(count / 1e9, 1) == 174.6, f"counted {count:,}"
    return f"{count:,}, of which 12 × 96 × 12,288² are {12 * 96 * 12_288**2 / count:.1%}"


def six_operations_per_token() -> str:
    """Six operations for each parameter and token are 3.14e23 in all (Table D.1)."""
    multiply_add, forward_and_backward = 2, 3
    flops = multiply_add * forward_and_backward * parameters(96, 12_288) * TOKENS
    assert abs(flops / 3.14e23 - 1) < 0.002, f"{flops:.3e} operations"
    days = flops / (1e15 * 24 * 3600)
    return f"{flops:.3e}, or {days:,.0f} days at a petaflop a second"


def data_table_contradicts_itself() -> str:
    """The weights add up to 101%, and most epochs do not follow from weights and sizes (Table 2.2)."""
    total = sum(weight for _, weight, _ in DATA.values())
    assert round(total, 4) == 1.01, f"the weights add up to {total:.0%}"
    off = {name: epochs(name) for name in DATA if abs(epochs(name) / DATA[name][2] - 1) > 0.03}
    assert set(off) == {"WebText2", "Books1", "Wikipedia"}, f"off are {', '.join(off)}"
    assert round(off["WebText2"], 2) == 3.47, f"WebText2 is seen {off['WebText2']:.2f} times"
    found = ", ".join(f"{name} {value:.2f} where {DATA[name][2]} is printed" for name, value in off.items())
    return f"weights {total:.0%}; {found}"


def mix_is_not_by_size() -> str:
    """Common Crawl and Books2 are drawn less than by size, the others over thrice as much (Table 2.2)."""
    total = sum(size for size, *_ in DATA.values())
    factor = {name: weight / (size / total) for name, (size, weight, _) in DATA.items()}
    less = {name for name in factor if factor[name] < 1}
    assert less == {"Common Crawl", "Books2"}, f"drawn less are {less}"
    least = min(factor[name] for name in factor if name not in less)
    assert least > 3, f"another is drawn only {least:.1f} times as often"
    return ", ".join(f"{name} × {value:.1f}" for name, value in factor.items())


def figure(axes) -> None:
    """The epochs printed for GPT-3's training data, against those that follow from its weights and sizes.

    Five corpora, two bars each. Common Crawl and Books2 agree at about 0.44. Books1 is printed as 1.9 and
    follows as 2.0, WebText2 as 2.9 and as 3.5, Wikipedia as 3.4 and as 3.0.
    """
    place = np.arange(len(DATA))
    axes.bar(place - 0.2, [printed for *_, printed in DATA.values()], 0.4, label="as printed")
    axes.bar(place + 0.2, [epochs(name) for name in DATA], 0.4, label="300 B tokens × weight / size")
    axes.set_xticks(place, list(DATA))
    axes.set(ylabel="epochs", ylim=(0, 4.4))
    axes.legend(loc="upper left", ncols=2)


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
