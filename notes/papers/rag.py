"""RAG: passages summed out, per sequence or per token, and what the sum teaches the retriever."""

from itertools import product

import numpy as np


def _softmax(scores: np.ndarray) -> np.ndarray:
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def _sequence(p_z: np.ndarray, steps: np.ndarray) -> float:
    """RAG-Sequence: steps[z, i] is the probability of token i given passage z and the tokens before it."""
    return float((p_z * steps.prod(axis=1)).sum())


def _token(p_z: np.ndarray, steps: np.ndarray) -> float:
    """RAG-Token: the passages are mixed anew at every token."""
    return float((p_z[:, None] * steps).sum(axis=0).prod())


def _generator(seed: int, passages: int = 3, vocabulary: int = 4):
    """A generator with a random next-token distribution for every passage and every prefix."""
    rng, table = np.random.default_rng(seed), {}

    def steps(y: tuple[int, ...]) -> np.ndarray:
        for i in range(len(y)):
            table.setdefault(y[:i], _softmax(rng.normal(size=(passages, vocabulary))))
        return np.stack([table[y[:i]][:, y[i]] for i in range(len(y))], axis=1)

    return steps


def one_token_makes_no_difference() -> str:
    """The two models give every output of one token the same probability (§2.1)."""
    steps, p_z = _generator(0), _softmax(np.array([1.0, 0.0, -1.0]))
    gap = max(abs(_sequence(p_z, steps((y,))) - _token(p_z, steps((y,)))) for y in range(4))
    assert gap < 1e-12, f"they differ by {gap:.1e}"
    return "equal to within 1e-12"


def longer_outputs_differ() -> str:
    """Over outputs of two tokens both models sum to one, but RAG-Token mixes passages within one (§2.1)."""
    steps, p_z = _generator(0), _softmax(np.array([1.0, 0.0, -1.0]))
    pairs = [steps(y) for y in product(range(4), repeat=2)]
    totals = [sum(model(p_z, pair) for pair in pairs) for model in (_sequence, _token)]
    assert np.allclose(totals, 1, atol=1e-12), f"the sums are {totals}"
    p_z, p_a = np.array([0.5, 0.5]), np.array([[0.9], [0.1]])  # two passages, each sure of a token of its own
    aa, ab = np.hstack([p_a, p_a]), np.hstack([p_a, 1 - p_a])
    found = [round(model(p_z, y), 3) for model in (_sequence, _token) for y in (aa, ab)]
    assert found == [0.41, 0.09, 0.25, 0.25], f"aa and ab per sequence, then per token: {found}"
    return "aa and ab: 0.41 and 0.09 per sequence, 0.25 and 0.25 per token"


def _train(passages: int = 6, steps: int = 60) -> np.ndarray:
    """p(z|x) over steps of descent on -log p(y|x), moving the query only; passage 0 supports the answer."""
    rng = np.random.default_rng(0)
    d, q = rng.normal(size=(passages, 8)), 0.1 * rng.normal(size=8)
    answer = np.where(np.arange(passages) == 0, 0.8, 0.1)  # p(y|x,z)
    seen = []
    for _ in range(steps):
        p_z = _softmax(d @ q)
        seen.append(p_z)
        posterior = p_z * answer / (p_z @ answer)
        q = q + 0.2 * (posterior - p_z) @ d
    return np.array(seen)


def the_answer_alone_trains_the_retriever() -> str:
    """With no label for passages and document vectors fixed, the useful passage rises to the top (§2.4)."""
    p_z = _train()
    assert p_z[0].max() < 0.3, f"one passage starts at {p_z[0].max():.2f}"
    assert p_z[-1].argmax() == 0, f"passage {p_z[-1].argmax()} leads"
    assert p_z[-1, 0] > 0.9, f"the useful passage ends at {p_z[-1, 0]:.2f}"
    return f"from {p_z[0, 0]:.0%} to {p_z[-1, 0]:.0%}"


def figure(axes) -> None:
    """The probability of each passage while only the answer is given.

    Six curves over 60 steps of training. All start between 0.1 and 0.3. The passage that supports the
    answer climbs above nine tenths; the five others sink towards zero.
    """
    p_z = _train()
    axes.plot(p_z[:, 0], color="C0", label="passage that supports the answer")
    axes.plot(p_z[:, 1:], color="C1", linewidth=1, label=["other passages"] + [None] * 4)
    axes.set(xlabel="step", ylabel="p(z | x)", ylim=(0, 1))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
