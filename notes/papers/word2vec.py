"""word2vec: what the hidden layer costs, and offsets between words that differ in regular ways."""

from itertools import permutations

import numpy as np

WORDS = ["king", "queen", "prince", "princess", "man", "woman", "boy", "girl"]
TRAITS = np.array([[rank, age, sex] for rank in (1, 0) for age in (1, 0) for sex in (1, 0)])
TABLE_4 = """9.3 12.3 11.0  1.4 2.6 2.1  1.4 2.2 1.8  1.8 9.1 5.8  3.3 13.2 8.8  4.9 18.4 12.7  8.6 36.5 24.6
    13.3 11.6 12.3  12.9 26.4 20.3  27.9 55.8 43.2  34.2 64.5 50.8  15.5 53.1 36.1  50.0 55.9 53.3"""


def training_cost(N: int, D: int, H: int, V: int, C: int) -> dict[str, float]:
    """Parameters touched for one training example, with a tree over the words as output (Eqs. 2, 4, 5)."""
    return {
        "NNLM": N * D + N * D * H + H * np.log2(V),
        "CBOW": N * D + D * np.log2(V),
        "skip-gram": C * (D + D * np.log2(V)),
    }


def skip_gram(steps: int = 2000, D: int = 3) -> np.ndarray:
    """Word vectors trained by the softmax on sampled text, where each trait favors one of two neighbors."""
    rng = np.random.default_rng(0)
    words = rng.integers(len(WORDS), size=60_000)
    trait = rng.integers(3, size=words.size)
    neighbor = 2 * trait + (TRAITS[words, trait] == (rng.random(words.size) < 0.8))
    pairs = np.zeros((len(WORDS), 6))
    np.add.at(pairs, (words, neighbor), 1 / words.size)
    v, u = rng.normal(scale=0.1, size=(len(WORDS), D)), rng.normal(scale=0.1, size=(6, D))
    for _ in range(steps):
        p = np.exp(v @ u.T)
        error = pairs - pairs.sum(1, keepdims=True) * p / p.sum(1, keepdims=True)
        v, u = v + 5 * error @ u, u + 5 * error.T @ v
    return v


def nearest(v: np.ndarray, target: np.ndarray, question: list[int]) -> int:
    """The word closest to a vector by cosine, the words of the question discarded."""
    cosine = v @ target / np.linalg.norm(v, axis=1)
    cosine[question] = -np.inf
    return int(cosine.argmax())


def hidden_layer_is_the_cost() -> str:
    """With a tree as output, the hidden layer is over 99% of an NNLM's cost; new models lack it (§3)."""
    Q = training_cost(N=8, D=640, H=640, V=82_000, C=10)
    share = 8 * 640 * 640 / Q["NNLM"]
    cheaper = [round(Q["NNLM"] / Q[model]) for model in ("CBOW", "skip-gram")]
    assert share > 0.99, f"the hidden layer is only {share:.1%} of the cost"
    assert cheaper == [211, 30], f"the new models are {cheaper} times cheaper"
    return f"{Q['NNLM']:,.0f} against {Q['CBOW']:,.0f} (CBOW) and {Q['skip-gram']:,.0f} (skip-gram)"


def nearer_words_count_more() -> str:
    """A window R drawn from 1 to C uses a neighbor at distance d with probability (C - d + 1)/C (§3.2)."""
    C = 10
    R = np.random.default_rng(0).integers(1, C + 1, size=100_000)
    used = np.array([(d <= R).mean() for d in range(1, C + 1)])
    gap = np.abs(used - np.arange(C, 0, -1) / C).max()
    assert gap < 0.01, f"the shares are off by {gap:.3f}"
    assert abs(2 * used.sum() - (C + 1)) < 0.05, f"{2 * used.sum():.2f} words on average"
    return "for C = 10, distance 1 always, distance 10 one time in ten, 11 words on average"


def totals_follow_from_the_parts() -> str:
    """Totals weight 8,869 semantic and 10,675 syntactic questions, but not in the RNNLM rows (Table 4)."""
    semantic, syntactic, total = np.array(TABLE_4.split(), float).reshape(-1, 3).T
    gap = total - (8869 * semantic + 10675 * syntactic) / (8869 + 10675)
    rnnlm = np.flatnonzero(np.abs(gap) > 0.1)
    assert rnnlm.tolist() == [5, 6], f"the rows that do not fit are {rnnlm}"
    return f"11 rows within 0.1; the two RNNLM rows are printed {gap[5]:.1f} and {gap[6]:.1f} too high"


def offsets_answer_analogies() -> str:
    """In a toy text where words differ in regular ways, arithmetic on vectors answers every analogy (§4)."""
    v, right, asked = skip_gram(), 0, 0
    for a, b, c, d in permutations(range(len(WORDS)), 4):
        if (TRAITS[b] - TRAITS[a] == TRAITS[d] - TRAITS[c]).all():
            asked, right = asked + 1, right + (nearest(v, v[b] - v[a] + v[c], [a, b, c]) == d)
    assert right == asked > 0, f"{right} of {asked} analogies are right"
    return f"all {asked} analogies between eight words, king - man + woman = queen among them"


def figure(axes) -> None:
    """Skip-gram vectors of a toy text: the same difference is nearly the same offset.

    Eight words in the plane of two principal components. Lines join pairs that differ in one trait only:
    rank, age or sex. Lines for the same trait are nearly parallel and equally long, so the words form a
    slanted cube.
    """
    v = skip_gram()
    v -= v.mean(0)
    x, y = (v @ np.linalg.svd(v)[2][:2].T).T
    for trait, (label, style) in enumerate([("rank", "-"), ("age", "--"), ("sex", ":")]):
        for i, j in permutations(range(len(WORDS)), 2):
            if (np.flatnonzero(TRAITS[i] - TRAITS[j]) == [trait]).all() and i < j:
                axes.plot(x[[i, j]], y[[i, j]], style, color=f"C{trait}")
        axes.plot([], [], style, color=f"C{trait}", label=f"differ in {label}")
    for word, (_, adult, _), *at in zip(WORDS, TRAITS, x, y, strict=True):
        away = {"xytext": (-5, -13), "ha": "right"} if adult else {"xytext": (5, 5)}
        axes.annotate(word, at, textcoords="offset points", **away)
    axes.margins(0.15)
    axes.set(xlabel="first component", ylabel="second component")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
