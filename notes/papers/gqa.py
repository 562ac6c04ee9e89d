"""Grouped-query attention: between multi-head and multi-query, and what a conversion keeps."""

import numpy as np

B, H, D, K, N = 2, 8, 64, 16, 12  # sequences, query heads, model width, head width, positions


def softmax(logits: np.ndarray) -> np.ndarray:
    """Weights over the last axis."""
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def grouped_attention(X, P_q, P_k, P_v):
    """Outputs of all query heads; P_k and P_v are [G, d, k], and head i reads group i // (H / G)."""
    q = np.einsum("bnd,hdk->bhnk", X, P_q).reshape(B, len(P_k), -1, N, K)
    key, value = (np.einsum("bmd,gdk->bgmk", X, P) for P in (P_k, P_v))
    weights = softmax(np.einsum("bgink,bgmk->bginm", q, key) / np.sqrt(K))
    return np.einsum("bginm,bgmk->bgink", weights, value).reshape(B, H, N, K)


def pool(P: np.ndarray, G: int) -> np.ndarray:
    """One head for each of G groups, the mean of its members (§2.2)."""
    return P.reshape(G, H // G, D, K).mean(1)


def first(P: np.ndarray, G: int) -> np.ndarray:
    """One head for each of G groups, its first member."""
    return P[:: H // G]


def fresh(P: np.ndarray, G: int) -> np.ndarray:
    """New random heads of the same size."""
    return np.random.default_rng(1).normal(size=(G, D, K)) * P.std()


def _model():
    """Inputs and random projections of queries, keys and values."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(B, N, D)), *rng.normal(size=(3, H, D, K)) / np.sqrt(D)


def conversion_error(convert, G: int) -> float:
    """Mean squared change of the heads' outputs through a conversion to G groups, relative to their size."""
    X, P_q, P_k, P_v = _model()
    before = grouped_attention(X, P_q, P_k, P_v)
    after = grouped_attention(X, P_q, convert(P_k, G), convert(P_v, G))
    return ((after - before) ** 2).sum() / (before**2).sum()


def groups_interpolate() -> str:
    """Sharing in groups is multi-head attention with each head repeated; G = H repeats none (§2.2)."""
    X, P_q, P_k, P_v = _model()
    for G in (1, 2, 4, H):
        all_k, all_v = (np.repeat(P[:G], H // G, axis=0) for P in (P_k, P_v))
        q, key, value = (np.einsum("bnd,hdk->bhnk", X, P) for P in (P_q, all_k, all_v))
        multihead = softmax(q @ key.swapaxes(2, 3) / np.sqrt(K)) @ value
        gap = np.abs(grouped_attention(X, P_q, P_k[:G], P_v[:G]) - multihead).max()
        assert gap < 1e-12, f"with G = {G} they differ by {gap:.1e}"
    return "equal to within 1e-12 for G = 1, 2, 4 and 8 of 8 heads"


def pooling_projections_pools_keys() -> str:
    """Keys from the mean of the projection matrices are the means of the keys (§2.1)."""
    X, _, P_k, _ = _model()
    keys = np.einsum("bmd,hdk->bhmk", X, P_k)
    gap = np.abs(np.einsum("bmd,gdk->bgmk", X, pool(P_k, 2)) - keys.reshape(B, 2, 4, N, K).mean(2)).max()
    assert gap < 1e-12, f"they differ by {gap:.1e}"
    return "equal to within 1e-12 for 8 heads in 2 groups"


def means_and_more_groups_keep_more() -> str:
    """Of random heads the mean keeps most, then the first, then new ones; more old heads keep more (§3.3)."""
    mean, one, new = ([conversion_error(way, G) for G in (1, 2, 4, 8)] for way in (pool, first, fresh))
    assert all(a < b < c for a, b, c in zip(mean[:3], one, new, strict=False)), f"{mean}, {one}, {new}"
    assert (np.diff([mean, one]) < 0).all(), f"errors of the mean are {mean}, of the first {one}"
    return f"to one group: {mean[0]:.2f}, {one[0]:.2f} and {new[0]:.2f} of the output's size"


def llama_2_caches_an_eighth() -> str:
    """80 layers with 8 heads of 128 in place of 64 keep 327,680 bytes for each token in 16 bits."""
    grouped, multihead = (80 * heads * 128 * 2 * 2 for heads in (8, 64))
    assert (grouped, multihead) == (327_680, 2_621_440), f"{grouped:,} and {multihead:,}"
    return f"{grouped:,} bytes against {multihead:,}; 4,096 tokens take {4096 * grouped / 2**30} GiB"


def little_is_lost_at_much_speed() -> str:
    """GQA-8 and MQA are 5.4 and 6.3 times as fast as MHA, and lose less than the averages say (Table 1)."""
    seconds = np.array([1.51, 0.28, 0.24])
    scores = np.array(
        [
            [43.8, 45.6, 47.5, 36.4, 46.9, 28.4, 81.9],
            [43.5, 45.4, 47.7, 36.3, 47.2, 28.4, 81.6],
            [43.0, 45.0, 46.9, 36.1, 46.5, 28.5, 81.3],
        ]
    )
    faster, lost = seconds[0] / seconds, scores[0].mean() - scores.mean(1)
    assert np.allclose(faster[1:], [5.4, 6.3], atol=0.05), f"they are {faster[1:]} times as fast"
    assert (lost[1:] < [0.1, 0.5]).all(), f"they lose {lost[1:]}"
    return f"{lost[1]:.2f} and {lost[2]:.2f} points lost by the rows, 0.1 and 0.6 by the printed averages"


def figure(axes) -> None:
    """What a conversion to fewer key-value heads changes, before any further training.

    Error of the outputs over the number of groups, 1, 2, 4 and 8, for eight random heads. Averaging the heads
    of a group lies lowest and falls to zero at eight groups; taking the first head lies above it and also
    ends at zero; new random heads lie highest, at about twice the output's size for any number of groups.
    """
    for name, convert, style in (("mean", pool, "o-"), ("first", first, "s--"), ("random", fresh, "^:")):
        axes.plot([1, 2, 4, 8], [conversion_error(convert, G) for G in (1, 2, 4, 8)], style, label=name)
    axes.set(xlabel="number of groups G", ylabel="relative squared error", xticks=[1, 2, 4, 8])
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
