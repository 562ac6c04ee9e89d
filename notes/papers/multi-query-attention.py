"""Multi-query attention: one head of keys and values, and what it saves in each decoding step."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Weights over the last axis."""
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def multihead_step(x, K, V, P_q, P_k, P_v, P_o):
    """One decoding step of §2.4: x is [b, d], K and V are [b, h, m, k], projections [h, d, k]."""
    q = np.einsum("bd,hdk->bhk", x, P_q)
    K = np.concatenate([K, np.einsum("bd,hdk->bhk", x, P_k)[:, :, None]], axis=2)
    V = np.concatenate([V, np.einsum("bd,hdv->bhv", x, P_v)[:, :, None]], axis=2)
    o = np.einsum("bhm,bhmv->bhv", softmax(np.einsum("bhk,bhmk->bhm", q, K)), V)
    return np.einsum("bhv,hdv->bd", o, P_o), K, V


def multiquery_step(x, K, V, P_q, P_k, P_v, P_o):
    """The same without the letter h in K, V, P_k and P_v (§3)."""
    q = np.einsum("bd,hdk->bhk", x, P_q)
    K = np.concatenate([K, np.einsum("bd,dk->bk", x, P_k)[:, None]], axis=1)
    V = np.concatenate([V, np.einsum("bd,dv->bv", x, P_v)[:, None]], axis=1)
    o = np.einsum("bhm,bmv->bhv", softmax(np.einsum("bhk,bmk->bhm", q, K)), V)
    return np.einsum("bhv,hdv->bd", o, P_o), K, V


def ratio(n: float, d: int, b: int, h: int, shared: bool) -> float:
    """Memory access for each arithmetic operation in n steps, up to constants (§2.4.1, §3.1)."""
    k = d // h
    keys_and_values = b * n**2 * k * (1 if shared else h)
    return (b * n * d + keys_and_values + n * d**2) / (b * n * d**2)


def feed_forward_width(d: int, h: int, k: int, kv: int, width: int, attentions: int, layers: int) -> float:
    """The width that makes up for projections smaller than four of d by d, in a stack of equal blocks."""
    saved = attentions * (4 * d * d - 2 * d * h * k - 2 * d * kv * k)
    return width + saved / (layers * 2 * d)


def sharing_is_all_that_changes() -> str:
    """Multi-query is multi-head attention with equal keys and values in all heads, kept only once (§3)."""
    rng = np.random.default_rng(0)
    b, h, d, k, n = 2, 8, 64, 8, 10
    P_q, P_o = rng.normal(size=(2, h, d, k)) / 8
    P_k, P_v = rng.normal(size=(2, d, k)) / 8
    K, V = np.zeros((b, h, 0, k)), np.zeros((b, h, 0, k))
    one_K, one_V = np.zeros((b, 0, k)), np.zeros((b, 0, k))
    gap = 0.0
    for x in rng.normal(size=(n, b, d)):
        y, K, V = multihead_step(x, K, V, P_q, np.tile(P_k, (h, 1, 1)), np.tile(P_v, (h, 1, 1)), P_o)
        one_y, one_K, one_V = multiquery_step(x, one_K, one_V, P_q, P_k, P_v, P_o)
        gap = max(gap, np.abs(y - one_y).max())
    assert gap < 1e-12, f"the outputs differ by {gap:.1e}"
    assert K.size + V.size == h * (one_K.size + one_V.size), "the cache did not shrink by h"
    return f"equal to within 1e-12; {K.size + V.size:,} cached numbers become {one_K.size + one_V.size:,}"


def memory_traffic_falls() -> str:
    """With n = d = b = 1024 and h = 8, memory access per operation falls by nearly h (§2.4.1, §3.1)."""
    many, one = (ratio(n=1024, d=1024, b=1024, h=8, shared=shared) for shared in (False, True))
    assert abs(many - 1) < 0.01, f"multi-head has {many:.3f}"
    assert abs(one - 1 / 8) < 0.01, f"multi-query has {one:.3f}"
    alone = ratio(n=1024, d=1024, b=1, h=8, shared=True)
    assert alone > 1, f"at batch 1 it is {alone:.3f}"
    return f"{many:.3f} becomes {one:.3f}; at batch 1 it stays at {alone:.2f}"


def models_are_equal_in_size() -> str:
    """The wider feed-forward layers of the tables restore exactly the parameters taken (§4.1)."""
    translation = [feed_forward_width(1024, h, k, kv, 4096, 3, 2) for h, k, kv in ((8, 128, 1), (1, 128, 1))]
    language = [feed_forward_width(1024, h, k, kv, 8192, 1, 1) for h, k, kv in ((8, 128, 1), (8, 16, 8))]
    assert translation == [5440, 6784], f"translation needs {translation}"
    assert language == [9088, 9984], f"language modeling needs {language}"
    return "4,096 to 5,440 and 6,784 in translation, 8,192 to 9,088 and 9,984 in language modeling"


def step_times_give_the_table() -> str:
    """Times of a step or pass, divided by the tokens in it, are the costs per token of Table 2 (§4.3)."""
    batch, length, training = 1024, 128, 32_768
    milliseconds = np.array([[47, 222, 433], [3.9, 195, 425]])
    multihead, multiquery = 1000 * milliseconds / [batch, batch * length, training]
    assert np.allclose(multihead, [46, 1.7, 13.2], rtol=0.01), f"multi-head costs {multihead}"
    assert np.allclose(multiquery, [3.8, 1.5, 13.0], rtol=0.01), f"multi-query costs {multiquery}"
    return f"decoder {multihead[0]:.1f} and {multiquery[0]:.2f} µs, {47 / 3.9:.1f} times less"


def figure(axes) -> None:
    """Memory access for each arithmetic operation, as the sequence grows.

    Lines over sequence length from 16 to 4,096 for width 1,024 and 8 heads. With batch 1 both kinds of
    attention lie at one or above. With batch 1,024 multi-head attention rises in proportion to the length
    and reaches one at 1,024; multi-query attention rises below it and ends eight times lower.
    """
    n = np.geomspace(16, 4096, 50)
    for shared, name, color in ((False, "multi-head", "C0"), (True, "multi-query", "C1")):
        for b, style in ((1, ":"), (1024, "-")):
            axes.loglog(n, ratio(n, 1024, b, 8, shared), style, color=color, label=f"{name}, batch {b:,}")
    axes.set(xlabel="sequence length n", ylabel="memory access per operation")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
