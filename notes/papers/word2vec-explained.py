"""word2vec explained: why noise pairs are needed, what they lead to, and what thinning does to a window."""

import numpy as np

# how often word i has context j, of all pairs
P_PAIR = 0.01 * np.array(
    [
        [8, 1, 2, 2, 1, 2],
        [1, 6, 3, 1, 2, 1],
        [2, 3, 5, 1, 1, 2],
        [2, 1, 1, 9, 3, 2],
        [1, 2, 1, 3, 10, 4],
        [2, 1, 2, 2, 4, 6],
    ]
)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """The probability that a pair comes from the data, p(D = 1 | w, c), for a product x of their vectors."""
    return 1 / (1 + np.exp(-x))


def optimum(k: int, power: float = 1.0) -> np.ndarray:
    """Products that maximize the expected objective of §2, each free, reached by Newton steps from 0."""
    p_word, p_context = P_PAIR.sum(1), P_PAIR.sum(0) ** power
    p_noise = k * np.outer(p_word, p_context / p_context.sum())
    x = np.zeros(P_PAIR.shape)
    for _ in range(100):
        slope = P_PAIR * sigmoid(-x) - p_noise * sigmoid(x)
        x += slope / ((P_PAIR + p_noise) * sigmoid(x) * sigmoid(-x))
    return x


def _pmi() -> np.ndarray:
    """Pointwise mutual information of each word and context."""
    return np.log(P_PAIR / np.outer(P_PAIR.sum(1), P_PAIR.sum(0)))


def loss(v: np.ndarray, c: np.ndarray) -> float:
    """The negated objective for words v and contexts c with one noise pair for each pair of the data."""
    x, p_noise = v @ c.T, np.outer(P_PAIR.sum(1), P_PAIR.sum(0))
    return float(-(P_PAIR * np.log(sigmoid(x)) + p_noise * np.log(sigmoid(-x))).sum())


def real_pairs_alone_are_trivial() -> str:
    """Without noise pairs, any vectors whose products are all near 40 make every pair certain (§2)."""
    x = np.array([5.0, 10.0, 20.0, 40.0])
    log_likelihood = (P_PAIR[..., None] * np.log(sigmoid(x))).sum((0, 1))
    assert (np.diff(log_likelihood) > 0).all(), "a larger product fits worse"
    assert sigmoid(36.0) < 1 == sigmoid(40.0), "the probability is not 1 at 40"
    return f"log-likelihood {log_likelihood[0]:.4f} at 5, zero at 40 in double precision"


def optimum_is_shifted_pmi() -> str:
    """Where every product is free, the optimum is PMI - log k (Levy and Goldberg, 2014)."""
    gap = max(np.abs(optimum(k) - (_pmi() - np.log(k))).max() for k in (1, 2, 5, 15))
    assert gap < 1e-6, f"the optimum is off by {gap:.1e}"
    x, eye = optimum(1), np.eye(6)
    assert loss(x, eye) < min(loss(x - 0.1, eye), loss(x + 0.1, eye)), "other products fit better"
    smoothed = np.abs(optimum(5, power=0.75) - (_pmi() - np.log(5))).max()
    assert smoothed > 0.01, "the power 3/4 changed nothing"
    return f"within 1e-6 for k = 1, 2, 5, 15; with the power 3/4 of the noise up to {smoothed:.2f} away"


def one_side_is_convex_both_are_not() -> str:
    """With one side fixed the loss is convex; jointly, it has equal optima with a hill between (§2.1)."""
    rng = np.random.default_rng(0)
    for v, w, c in rng.normal(size=(100, 3, 6, 2)):
        assert loss((v + w) / 2, c) < (loss(v, c) + loss(w, c)) / 2, "not convex with the contexts fixed"
        assert loss(c, (v + w) / 2) < (loss(c, v) + loss(c, w)) / 2, "not convex with the words fixed"
    p_noise = np.outer(P_PAIR.sum(1), P_PAIR.sum(0))
    for _ in range(200):
        x = v @ c.T
        slope = P_PAIR * sigmoid(-x) - p_noise * sigmoid(x)
        v, c = v + slope @ c, c + slope.T @ v
    hill = loss(0 * v, 0 * c) - (loss(v, c) + loss(-v, -c)) / 2
    assert hill > 0.01, f"the loss between them rises by {hill:.3f} only"
    return f"two equal optima, and the loss midway between them {hill:.3f} higher"


def thinning_widens_the_window() -> str:
    """Frequent words removed before the windows are cut bring words in that stood outside (§3)."""
    rng = np.random.default_rng(0)
    frequent = rng.random(20_000) < 0.5
    place = np.flatnonzero(~(frequent & (rng.random(20_000) < 0.9)))
    reach = (place[2:] - place[:-2]).mean()
    assert abs(reach - 2 / (1 - 0.5 * 0.9)) < 0.1, f"the second neighbor is {reach:.2f} words away"
    return f"with 45% of the text dropped, a window of 2 words reaches {reach:.1f}"


def figure(axes) -> None:
    """Products at the optimum against pointwise mutual information.

    The pairs of a toy table, as three sets of points for k = 1, 5 and 15. Each lies on a line of slope one,
    log k below the origin, so only the line of k = 1 passes through it.
    """
    for k, marker in ((1, "o"), (5, "s"), (15, "^")):
        axes.plot(_pmi().ravel(), optimum(k).ravel(), marker, markersize=4, label=f"k = {k}")
        axes.axline((0, -np.log(k)), slope=1, color=axes.xaxis.label.get_color(), linewidth=0.6)
    axes.set(xlabel="pointwise mutual information of word and context", ylabel="product of their vectors")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
