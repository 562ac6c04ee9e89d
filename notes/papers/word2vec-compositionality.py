"""word2vec with negative sampling: its gradient, the tree it replaces, and two ways to reweight words."""

import heapq

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """The logistic function of §2.1."""
    return 1 / (1 + np.exp(-x))


def negative_sampling(v: np.ndarray, u_seen: np.ndarray, u_noise: np.ndarray) -> float:
    """Eq. 4 for one pair, the expectation replaced by k drawn noise words."""
    return float(np.log(sigmoid(u_seen @ v)) + np.log(sigmoid(-u_noise @ v)).sum())


def huffman(counts: np.ndarray) -> list[list[tuple[int, int]]]:
    """For each word its path in a Huffman tree: pairs of inner node and turn, which is 1 or -1."""
    paths = [[] for _ in counts]
    heap = [(count, [word]) for word, count in enumerate(counts)]
    heapq.heapify(heap)
    for node in range(len(counts) - 1):
        (one, left), (other, right) = heapq.heappop(heap), heapq.heappop(heap)
        for words, turn in ((left, 1), (right, -1)):
            for word in words:
                paths[word].append((node, turn))
        heapq.heappush(heap, (one + other, left + right))
    return paths


def kept(f: np.ndarray, t: float = 1e-5) -> np.ndarray:
    """The share of a word's occurrences that subsampling keeps, 1 - P of Eq. 5."""
    return np.minimum(1, np.sqrt(t / f))


def noise(U: np.ndarray) -> np.ndarray:
    """The noise distribution: the unigram one to the power 3/4, normalized."""
    return U**0.75 / (U**0.75).sum()


def zipf(W: int = 692_000) -> np.ndarray:
    """Word frequencies that fall as 1/rank, in a vocabulary as large as the paper's."""
    f = 1 / np.arange(1, W + 1)
    return f / f.sum()


def gradient_needs_few_words() -> str:
    """The gradient of Eq. 4 is each output vector times the error made on it: k + 1 words, not W."""
    rng = np.random.default_rng(0)
    v, u_seen, u_noise = rng.normal(size=16), rng.normal(size=16), rng.normal(size=(5, 16))
    gradient = (1 - sigmoid(u_seen @ v)) * u_seen - sigmoid(u_noise @ v) @ u_noise
    h = 1e-5 * np.eye(16)
    slope = [negative_sampling(v + e, u_seen, u_noise) - negative_sampling(v - e, u_seen, u_noise) for e in h]
    gap = np.abs(gradient - np.array(slope) / 2e-5).max()
    assert gap < 1e-6, f"the gradient is off by {gap:.1e}"
    return "differences of Eq. 4 agree with the formula to within 1e-6"


def leaves_sum_to_one() -> str:
    """The hierarchical softmax of a Huffman tree sums to 1, and its mean path is below log2 W (§2.1)."""
    rng = np.random.default_rng(0)
    W, f = 1000, zipf(1000)
    v, u = rng.normal(size=8), rng.normal(size=(W - 1, 8))
    paths = huffman(f)
    p = [np.prod([sigmoid(turn * u[node] @ v) for node, turn in path]) for path in paths]
    mean = f @ [len(path) for path in paths]
    assert abs(sum(p) - 1) < 1e-10, f"the probabilities sum to {sum(p):.4f}"
    assert mean < np.log2(W), f"the mean path is {mean:.2f}"
    return f"1,000 leaves sum to 1; {mean:.1f} turns a word on average, and log2 W is {np.log2(W):.1f}"


def noise_lifts_rare_words() -> str:
    """The power 3/4 takes probability from frequent words and gives it to rare ones (§2.2)."""
    P = noise(np.array([0.9, 0.09, 0.01]))
    assert np.allclose(P, [0.825, 0.147, 0.028], atol=5e-4), f"found {P.round(4)}"
    return "frequencies .90, .09, .01 become " + ", ".join(f"{p:.3f}"[1:] for p in P)


def subsampling_keeps_the_ranking() -> str:
    """Above t a word is left with frequency sqrt(t f): all are thinned, none overtakes another (Eq. 5)."""
    f, t = zipf(), 1e-5
    left = f * kept(f, t)
    assert (np.diff(left) < 0).all(), "a rarer word overtook a more frequent one"
    assert np.allclose(left[f > t], np.sqrt(t * f[f > t])), "the frequency left is not sqrt(t f)"
    return f"of the commonest Zipf word {kept(f)[0]:.1%} stay, of the whole text {left.sum():.0%}"


def figure(axes) -> None:
    """What subsampling and the power 3/4 do to the frequencies of words.

    Three lines on logarithmic axes over the rank of a word, for 692,000 words whose frequency falls as one
    over rank. As read, the line is straight. As noise it is flatter and crosses the first near rank 4,000.
    After subsampling, frequent words lie far below the first line, and words rarer than 1 in 100,000 on it.
    """
    f = zipf()
    rank = np.unique(np.geomspace(1, f.size, 200).astype(int))
    for label, share, style in (
        ("as read", f, "-"),
        ("drawn as noise, power 3/4", noise(f), "--"),
        ("kept by subsampling, t = 1e-5", f * kept(f), "-."),
    ):
        axes.loglog(rank, share[rank - 1], style, label=label)
    axes.set(xlabel="rank of the word", ylabel="share")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
