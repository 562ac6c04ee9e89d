"""Relative position representations: a sum over pairs, the same in few products, and what clipping keeps."""

import numpy as np

H, N, D = 4, 12, 8  # heads, positions, width of a head


def clip(x: np.ndarray, k: int) -> np.ndarray:
    """The clipped distance of §3.2."""
    return np.maximum(-k, np.minimum(k, x))


def labels(n: int, k: int) -> np.ndarray:
    """The label of each pair of positions i, j, counted from 0."""
    return clip(np.arange(n) - np.arange(n)[:, None], k) + k


def softmax(e: np.ndarray) -> np.ndarray:
    """Weights over the last axis."""
    weights = np.exp(e - e.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def attend_in_pairs(q, key, value, w_K, w_V):
    """Eqs. 3 and 4 as they are written: one score and one summand for each head and pair."""
    k, n = len(w_K) // 2, q.shape[1]
    e, z = np.zeros((H, n, n)), np.zeros(q.shape)
    for h, i, j in np.ndindex(e.shape):
        e[h, i, j] = q[h, i] @ (key[h, j] + w_K[clip(j - i, k) + k]) / np.sqrt(D)
    weights = softmax(e)
    for h, i, j in np.ndindex(e.shape):
        z[h, i] += weights[h, i, j] * (value[h, j] + w_V[clip(j - i, k) + k])
    return e, z


def attend(q, key, value, w_K, w_V):
    """Eq. 5: the usual products, then for each position i one product for all heads at once."""
    a = labels(q.shape[1], len(w_K) // 2)
    e = (q @ key.swapaxes(1, 2) + np.einsum("hid,ijd->hij", q, w_K[a])) / np.sqrt(D)
    weights = softmax(e)
    return e, weights @ value + np.einsum("hij,ijd->hid", weights, w_V[a])


def inputs(k: int, n: int = N):
    """Random queries, keys and values of all heads, and vectors for the distances from -k to k."""
    rng = np.random.default_rng(0)
    return *rng.normal(size=(3, H, n, D)), *rng.normal(size=(2, 2 * k + 1, D))


def few_products_give_the_same() -> str:
    """Splitting off the position term gives the scores and outputs of the sum over pairs (Eq. 5)."""
    pairs = zip(attend_in_pairs(*inputs(k=3)), attend(*inputs(k=3)), strict=True)
    gap = max(np.abs(one - other).max() for one, other in pairs)
    assert gap < 1e-12, f"they differ by {gap:.1e}"
    return "scores and outputs agree to within 1e-12"


def clipping_leaves_few_labels() -> str:
    """There are 2k + 1 labels; all distances beyond k share one, and position shows only as j - i (§3.2)."""
    a = labels(N, k=3)
    assert np.unique(a).size == 7, f"{np.unique(a).size} labels"
    assert a[0, 3] == a[0, 11] != a[0, 2], "clipping does not start at distance 3"
    assert (a[1:, 1:] == a[:-1, :-1]).all(), "the label changes when both positions move"
    q, key, value, w_K, w_V = inputs(k=3)
    whole, _ = attend(q, key, value, w_K, w_V)
    tail, _ = attend(q[:, 4:], key[:, 4:], value[:, 4:], w_K, w_V)
    assert np.abs(whole[:, 4:, 4:] - tail).max() < 1e-12, "scores depend on where the text starts"
    return "k = 3 gives 7 labels for the 144 pairs of 12 positions"


def one_label_is_blind_to_order() -> str:
    """With k = 0 shuffling the input only shuffles the output, with k = 1 no longer (Table 2)."""
    shuffle, gap = np.random.default_rng(1).permutation(N), {}
    for k in (0, 1):
        q, key, value, w_K, w_V = inputs(k)
        z = attend(q, key, value, w_K, w_V)[1][:, shuffle]
        shuffled = attend(q[:, shuffle], key[:, shuffle], value[:, shuffle], w_K, w_V)[1]
        gap[k] = np.abs(z - shuffled).max()
    assert gap[0] < 1e-12 < 0.1 < gap[1], f"the outputs differ by {gap[0]:.1e} and {gap[1]:.1e}"
    return f"below 1e-12 with k = 0, {gap[1]:.1f} with k = 1"


def figure(axes) -> None:
    """The label of each pair of positions, for k = 3.

    A grid of 12 by 12 pairs, each with its clipped distance from -3 to 3. The values are constant along the
    diagonals; everything three or more from the main diagonal reads -3 on one side and 3 on the other.
    """
    a = clip(np.arange(N) - np.arange(N)[:, None], 3)
    axes.imshow(a, cmap="Greys", vmin=-4, vmax=14)
    for i, j in np.ndindex(a.shape):
        axes.text(j, i, a[i, j], ha="center", va="center", fontsize=8, color="black")
    axes.set(xlabel="position j of the key", ylabel="position i of the query")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
