"""(IA)3: three vectors per block that rescale activations, and what few-shot learning with them costs."""

import numpy as np

T, d, d_ff = 6, 16, 32  # tokens, width of queries, keys and values, width of the feed-forward layer
TOKENS = {"query": 103, "shot": 98, "shots": 41}  # medians over the paper's data sets
METHODS = {  # parameters, FLOPs per parameter and token, in-context examples, accuracy (Table 1)
    "T-Few": (11e9, 1, 0, 72.4),
    "T0": (11e9, 1, 0, 66.9),
    "T5+LM": (11e9, 1, TOKENS["shots"], 49.6),
    "GPT-3 6.7B": (6.7e9, 2, TOKENS["shots"], 57.2),
    "GPT-3 13B": (13e9, 2, TOKENS["shots"], 60.3),
    "GPT-3 175B": (175e9, 2, TOKENS["shots"], 66.6),
}


def block(x, W, l_k=1.0, l_v=1.0, l_ff=1.0):
    """Attention and feed-forward layer of one block, with (IA)3's vectors where the paper puts them."""
    Q, K, V = x @ W["q"], l_k * (x @ W["k"]), l_v * (x @ W["v"])
    scores = np.exp(Q @ K.T / np.sqrt(d))
    attended = scores / scores.sum(axis=1, keepdims=True) @ V
    return (l_ff * np.maximum(attended @ W["1"], 0)) @ W["2"]


def folding_is_exact() -> str:
    """The vectors start at one, change nothing then, and can later be folded into the weights (§3.3)."""
    rng = np.random.default_rng(0)
    x, l_k, l_v, l_ff = rng.normal(size=(T, d)), *(rng.normal(1, 0.5, size=n) for n in (d, d, d_ff))
    shapes = {"q": (d, d), "k": (d, d), "v": (d, d), "1": (d, d_ff), "2": (d_ff, d)}
    W = {name: rng.normal(size=shape) / 4 for name, shape in shapes.items()}
    folded = W | {"k": W["k"] * l_k, "v": W["v"] * l_v, "2": l_ff[:, None] * W["2"]}
    tuned = block(x, W, l_k, l_v, l_ff)
    gap = np.abs(tuned - block(x, folded)).max()
    assert np.array_equal(block(x, W), block(x, W, np.ones(d), np.ones(d), np.ones(d_ff))), (
        "ones change the output"
    )
    assert gap < 1e-12, f"the outputs differ by {gap:.1e}"
    assert np.abs(tuned - block(x, W)).max() > 0.1, "the vectors have no effect"
    return "the outputs differ by less than 1e-12"


def t0_parameters() -> str:
    """The vectors of T0, with 24 + 24 blocks, are 1,081,344 numbers, 4.3 MB in single precision (§3.3)."""
    L, d_k, d_v, d_ff = 24, 4096, 4096, 10_240
    count = L * (d_k + d_v + d_ff) + L * (2 * d_k + 2 * d_v + d_ff)
    assert count == 1_081_344, f"counted {count:,}"
    assert abs(4 * count / 4.2e6 - 1) < 0.04, f"{4 * count / 1e6:.2f} MB"
    assert 11e9 / count > 10_000, f"1 in {11e9 / count:,.0f}"
    return f"{count:,} numbers, {4 * count / 1e6:.2f} MB, one for {11e9 / count:,.0f} parameters"


def inference_flops(method: str) -> float:
    """FLOPs for one query, with the examples that its context holds."""
    parameters, per_token, shots, _ = METHODS[method]
    return parameters * per_token * (shots * TOKENS["shot"] + TOKENS["query"])


def one_query_costs_a_thousandth() -> str:
    """A query costs 1.1e12 FLOPs with T-Few and 1.4e15 with 41 examples in GPT-3 175B's context (§4.2)."""
    few, gpt3 = inference_flops("T-Few"), inference_flops("GPT-3 175B")
    training = 3 * 11e9 * 1000 * 8 * TOKENS["query"]
    costs = [f"{cost:.1e}" for cost in (few, gpt3, training)]
    assert costs == ["1.1e+12", "1.4e+15", "2.7e+16"], f"found {costs}"
    assert 18 < training / gpt3 < 20, f"training costs as much as {training / gpt3:.1f} queries"
    return f"{gpt3 / few:,.0f} times cheaper; training costs as much as {training / gpt3:.0f} GPT-3 queries"


def two_printed_costs_leave_out_the_query() -> str:
    """Table 1's costs of GPT-3 6.7B and 13B count the 41 examples and not the query itself (Table 1)."""
    for method, printed in {"GPT-3 6.7B": "5.4e+13", "GPT-3 13B": "1.0e+14"}.items():
        cost = inference_flops(method)
        examples_only = cost - METHODS[method][0] * METHODS[method][1] * TOKENS["query"]
        assert f"{cost:.1e}" != printed == f"{examples_only:.1e}", f"{method}: {cost:.2e}"
    assert f"{inference_flops('T5+LM'):.1e}" == "4.5e+13", "T5+LM does count it"
    return "with the query they are 5.5e13 and 1.1e14, not 5.4e13 and 1.0e14"


def figure(axes) -> None:
    """Accuracy on T0's held-out tasks against the cost of one query, by the paper's formula.

    Six labeled points, the cost on a logarithmic axis. T-Few at 72.4% and T0 at 66.9% cost 1.1e12 FLOPs.
    The models that read 41 examples in the context cost 4.5e13 to 1.4e15 FLOPs and reach 49.6% to 66.6%.
    """
    for shots, style, label in ((0, "C0o", "query alone"), (41, "C1s", "with 41 examples")):
        points = {m: (inference_flops(m), METHODS[m][3]) for m in METHODS if METHODS[m][2] == shots}
        axes.plot(*zip(*points.values(), strict=True), style, label=label)
        for method, point in points.items():
            axes.annotate(method, point, (6, -4), textcoords="offset points")
    axes.legend(loc="lower left")
    axes.set(xscale="log", xlim=(5e11, 1e16), ylim=(46, 76), xlabel="FLOPs per query", ylabel="accuracy (%)")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
