"""Mistral 7B: attention with a window, the rolling buffer that computes it, and how far it reaches."""

import numpy as np


def _attend(q: np.ndarray, K: np.ndarray, V: np.ndarray, seen: np.ndarray) -> np.ndarray:
    scores = np.where(seen, q @ K.T / np.sqrt(K.shape[1]), -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True) @ V


def _window(n: int, tokens: int) -> np.ndarray:
    """Which positions each position sees: itself and those before it, `tokens` in all."""
    distance = np.subtract.outer(np.arange(n), np.arange(n))
    return (distance >= 0) & (distance < tokens)


def a_rolling_buffer_computes_windowed_attention() -> str:
    """Keeping position i in slot i mod W gives the output of attention with a window of W tokens (§2)."""
    W, n, d = 6, 40, 8
    Q, K, V = np.random.default_rng(0).normal(size=(3, n, d))
    keys, values, used = np.zeros((W, d)), np.zeros((W, d)), np.zeros(W, dtype=bool)
    rolled = np.empty_like(Q)
    for i in range(n):
        keys[i % W], values[i % W], used[i % W] = K[i], V[i], True
        rolled[i] = _attend(Q[i], keys, values, used)
    gap = np.abs(rolled - _attend(Q, K, V, _window(n, W))).max()
    assert gap < 1e-12, f"the outputs differ by {gap:.1e}"
    return "the outputs differ by less than 1e-12"


def _layers_needed(n: int, tokens: int) -> np.ndarray:
    """For each pair, how many layers it takes until the first position can depend on the second."""
    step, reached = _window(n, tokens), np.eye(n, dtype=bool)
    layers = np.where(reached, 0.0, np.nan)
    for layer in range(1, n):
        reached = reached @ step
        layers[np.isnan(layers) & reached] = layer
    return layers


def _reach(layers: int, tokens: int, n: int = 60) -> int:
    return int(np.flatnonzero(_layers_needed(n, tokens)[-1, ::-1] <= layers).max())


def layers_carry_information_past_the_window() -> str:
    """L layers reach back L(W - 1) positions with W tokens per window, L·W with W + 1 (§2)."""
    for L, W in [(1, 4), (3, 4), (5, 8), (7, 8)]:
        assert _reach(L, W) == L * (W - 1), f"{L} layers of {W} tokens reach back {_reach(L, W)}"
        assert _reach(L, W + 1) == L * W, f"{L} layers of {W + 1} tokens reach back {_reach(L, W + 1)}"
    return f"for L = 32 and W = 4096: {32 * 4095:,} and {32 * 4096:,}"


def table_1_gives_7_24_billion_parameters() -> str:
    """The sizes of Table 1 add up to 7,241,732,096 parameters."""
    dim, layers, head, hidden, heads, kv_heads, vocabulary = 4096, 32, 128, 14_336, 32, 8, 32_000
    attention = 2 * dim * heads * head + 2 * dim * kv_heads * head
    count = 2 * vocabulary * dim + layers * (attention + 3 * dim * hidden + 2 * dim) + dim
    assert count == 7_241_732_096, f"counted {count:,}"
    return f"{count:,}"


def the_cache_stops_at_half_a_gibibyte() -> str:
    """At 32k tokens the window stores an eighth, and fewer heads a quarter, of an ordinary cache (§2)."""

    def gibibytes(tokens: int, heads: int) -> float:
        return 2 * 32 * heads * 128 * 2 * tokens / 2**30

    full, grouped, both = gibibytes(32_768, 32), gibibytes(32_768, 8), gibibytes(4096, 8)
    assert (grouped / both, full / grouped) == (8, 4), f"{grouped / both} and {full / grouped}"
    assert both == 0.5, f"{both} GiB"
    return f"{full:g} GiB, {grouped:g} with grouped heads, {both:g} with the window too"


def figure(axes) -> None:
    """How many layers it takes until one position can influence another, with a window of four tokens.

    A square map of 24 by 24 positions, lower triangle only. Bands of equal shade run parallel to the
    diagonal: three positions back take one layer, six take two, and the last position reaches the first,
    23 back, after eight.
    """
    layers = _layers_needed(24, 4)
    picture = axes.imshow(layers, cmap="viridis_r", interpolation="nearest")
    axes.set(xlabel="influencing position", ylabel="influenced position")
    axes.figure.colorbar(picture, ax=axes, label="layers needed")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
