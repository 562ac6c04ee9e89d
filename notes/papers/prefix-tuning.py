"""Prefix-tuning: what a prefix does to attention, and what it costs."""

import numpy as np

D, TOKENS, PREFIX = 16, 8, 3


def softmax(s: np.ndarray) -> np.ndarray:
    """Weights that sum to one."""
    e = np.exp(s - s.max())
    return e / e.sum()


def attention(q: np.ndarray, K: np.ndarray, V: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One head: the output for query q, and the weight of each position."""
    weights = softmax(K @ q / np.sqrt(D))
    return weights @ V, weights


def _head() -> tuple[np.ndarray, ...]:
    """A query, the tokens' keys and values, and a prefix's."""
    rng = np.random.default_rng(0)
    q, K, V = rng.normal(size=D), rng.normal(size=(TOKENS, D)), rng.normal(size=(TOKENS, D))
    return q, K, V, rng.normal(size=(PREFIX, D)), rng.normal(size=(PREFIX, D))


def gpt2(layers: int, d: int) -> int:
    """The parameters of GPT-2: word and position embeddings, layers, the last normalization."""
    return (50_257 + 1024) * d + layers * (12 * d * d + 13 * d) + 2 * d


def prefix_parameters(layers: int, d: int, length: int) -> int:
    """A key and a value at every layer for each position of the prefix."""
    return 2 * layers * length * d


def prefix_is_a_mixture() -> str:
    """A head with a prefix mixes the head without it and attention to the prefix (He et al., Eq. 7)."""
    q, K, V, Pk, Pv = _head()
    whole = attention(q, np.concatenate([Pk, K]), np.concatenate([Pv, V]))[0]
    on_prefix, on_tokens = (np.exp(keys @ q / np.sqrt(D)).sum() for keys in (Pk, K))
    lam = on_prefix / (on_prefix + on_tokens)
    gap = np.abs(whole - ((1 - lam) * attention(q, K, V)[0] + lam * attention(q, Pk, Pv)[0])).max()
    assert gap < 1e-12, f"the outputs differ by {gap:.1e}"
    assert 0.1 < lam < 0.9, f"lambda is {lam:.2f}, the mixture is one-sided"
    return f"equal to 1e-12 with λ = {lam:.2f}"


def tokens_keep_their_proportions() -> str:
    """Under any prefix the tokens keep their attention relative to one another (Petrov et al., abstract)."""
    q, K, V, *_ = _head()
    alone, rng = attention(q, K, V)[1], np.random.default_rng(1)
    for _ in range(100):
        Pk, Pv = 3 * rng.normal(size=(2, PREFIX, D))
        seen = attention(q, np.concatenate([Pk, K]), np.concatenate([Pv, V]))[1][PREFIX:]
        gap = np.abs(seen / seen.sum() - alone).max()
        assert gap < 1e-12, f"a proportion changes by {gap:.1e}"
    other = attention(q, K + 0.1 * rng.normal(size=K.shape), V)[1]
    assert np.abs(other - alone).max() > 1e-3, "a small change of the keys does not change them either"
    return "100 prefixes change no proportion by 1e-12; a small change of the keys does"


def stored_and_trained() -> str:
    """Length 10 in GPT-2 large is 0.1% of the model; training adjusts far more through the network (§4.3)."""
    stored, model = prefix_parameters(36, 1280, 10), gpt2(36, 1280)
    assert model == 774_030_080, f"GPT-2 large has {model:,} parameters"
    assert stored == 921_600, f"the prefix has {stored:,}"
    assert f"{stored / model:.3%}" == "0.119%", f"that is {stored / model:.3%}"
    medium, network = prefix_parameters(24, 1024, 5), 512 * prefix_parameters(24, 1024, 1)
    assert medium == 245_760, f"length 5 in GPT-2 medium is {medium:,}"
    assert network > 25e6 > 100 * medium, f"the network has {network:,}"
    return f"{stored:,} of {model:,}; in GPT-2 medium {medium:,} kept of over {network:,} trained"


def figure(axes) -> None:
    """Attention of one query over eight tokens, without and with a prefix of three.

    Two sets of bars. The three prefix positions take a share of the attention, and all eight bars of the
    tokens shrink by the same factor, so that their profile stays the same.
    """
    q, K, V, Pk, Pv = _head()
    alone = attention(q, K, V)[1]
    seen = attention(q, np.concatenate([Pk, K]), np.concatenate([Pv, V]))[1]
    axes.bar(np.arange(1, TOKENS + 1) - 0.2, alone, width=0.4, label="without prefix")
    axes.bar(np.arange(1 - PREFIX, TOKENS + 1) + 0.2, seen, width=0.4, label="with prefix")
    places = [f"p{i + 1}" for i in range(PREFIX)] + [str(i + 1) for i in range(TOKENS)]
    axes.set(xlabel="position", ylabel="attention weight")
    axes.set_xticks(range(1 - PREFIX, TOKENS + 1), places)
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
