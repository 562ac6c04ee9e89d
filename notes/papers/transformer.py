"""The Transformer: why scores are scaled, how sinusoids encode offsets, how far signals travel, its size."""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    """Weights over the last axis."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def scores(d_k: int, queries: int = 500, keys: int = 64) -> np.ndarray:
    """Dot products of random queries with random keys, components with mean 0 and variance 1."""
    rng = np.random.default_rng(0)
    return np.einsum("qd,qkd->qk", rng.normal(size=(queries, d_k)), rng.normal(size=(queries, keys, d_k)))


def positional_encoding(pos: np.ndarray, d_model: int = 512) -> np.ndarray:
    """Sine and cosine at d_model/2 frequencies, in alternating columns (§3.5)."""
    angles = pos[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(len(pos), d_model)


def parameters(d_model: int, d_ff: int, layers: int = 6, vocabulary: int = 37_000) -> int:
    """Shared embeddings; one attention per encoder layer and two per decoder layer; norms and biases."""
    attention = 4 * d_model**2
    feed_forward = 2 * d_model * d_ff + d_ff + d_model
    norm = 2 * d_model
    encoder_layer = attention + feed_forward + 2 * norm
    decoder_layer = 2 * attention + feed_forward + 3 * norm
    return vocabulary * d_model + layers * (encoder_layer + decoder_layer)


def variance_is_the_width() -> str:
    """Dot products have mean 0 and variance d_k; unscaled ones saturate the softmax (§3.2.1)."""
    for d_k in (16, 64, 512):
        found = scores(d_k)
        assert abs(found.var() / d_k - 1) < 0.03, f"the variance for d_k = {d_k} is {found.var():.1f}"
        assert abs(found.mean()) < 0.1 * np.sqrt(d_k), f"the mean for d_k = {d_k} is {found.mean():.2f}"
    raw, scaled = softmax(found), softmax(found / np.sqrt(512))
    assert raw.max(-1).mean() > 0.9 > 0.2 > scaled.max(-1).mean(), "scaling does not matter"
    assert (raw * (1 - raw)).mean() < 0.2 * (scaled * (1 - scaled)).mean(), "the gradient does not vanish"
    return (
        f"of 64 keys the largest weight averages {raw.max(-1).mean():.2f}, scaled {scaled.max(-1).mean():.2f}"
    )


def offsets_are_rotations() -> str:
    """One matrix takes every position's encoding to that of the position k later (§3.5)."""
    d_model, k = 512, 7
    turns = k / 10000 ** (np.arange(0, d_model, 2) / d_model)
    M = np.zeros((d_model, d_model))
    for i, a in enumerate(turns):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]
    pos = np.arange(1000)
    gap = np.abs(positional_encoding(pos) @ M.T - positional_encoding(pos + k)).max()
    assert gap < 1e-10, f"the encodings differ by {gap:.1e}"
    return "for k = 7 and positions 0 to 999, equal to within 1e-10"


def steps_to_reach(reads: np.ndarray) -> int:
    """Steps until the last position has heard from the first; reads[i, j] is 1 if i hears j in one step."""
    heard, steps = np.eye(len(reads), dtype=int), 0
    while not heard[-1, 0] and steps < len(reads):
        heard, steps = np.minimum(reads @ heard, 1), steps + 1
    return steps


def paths_are_one_step_long() -> str:
    """Self-attention joins the two ends of a sequence in one step, recurrence in n - 1 (Table 1)."""
    n = 50
    attention = steps_to_reach(np.ones((n, n), int))
    recurrence = steps_to_reach(np.eye(n, dtype=int) + np.eye(n, k=-1, dtype=int))
    assert (attention, recurrence) == (1, n - 1), f"{attention} and {recurrence} steps"
    return f"{attention} step and {recurrence} steps for {n} positions"


def parameters_are_as_printed() -> str:
    """By count the models have 63 and 214 million weights, where Table 3 prints 65 and 213."""
    base, big = parameters(512, 2048), parameters(1024, 4096)
    assert round(base / 1e6) == 63, f"base has {base:,}"
    assert round(big / 1e6) == 214, f"big has {big:,}"
    return f"{base / 1e6:.1f} and {big / 1e6:.1f} million with 37,000 tokens"


def figure(axes) -> None:
    """How much of the attention the best of 64 random keys gets, with and without scaling.

    Mean largest softmax weight over the width of queries and keys, from 4 to 512. Without scaling it rises
    from below 0.3 to more than 0.9, so that nearly all attention goes to one key; divided by the square root
    of the width, the scores keep it near 0.1 throughout.
    """
    widths = 2 ** np.arange(2, 10)
    raw = [scores(d_k, queries=100) for d_k in widths]
    scaled = [s / np.sqrt(d_k) for s, d_k in zip(raw, widths, strict=True)]
    for name, values, style in (
        ("raw", raw, "o-"),
        ("divided by the square root of the width", scaled, "s--"),
    ):
        axes.semilogx(widths, [softmax(s).max(-1).mean() for s in values], style, base=2, label=name)
    axes.set_xticks(widths, widths)
    axes.minorticks_off()
    axes.set(xlabel="width of queries and keys", ylabel="largest weight", ylim=(0, 1))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
