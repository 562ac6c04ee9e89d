"""LTE: many low-rank adapters in parallel make up an update of full rank."""

import numpy as np

d = 64  # width of a square weight


def heads(N: int, rng, r: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """N pairs as in the released code: A orthogonal with rows of length sqrt(d / r), B zero."""
    A = np.linalg.qr(rng.normal(size=(N, d, r)))[0].transpose(0, 2, 1) * np.sqrt(d / r)
    return A, np.zeros((N, d, r))


def first_step(A: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Mean change of W when every head takes one gradient step of length 1; with B = 0 only B moves."""
    B = -G @ A.transpose(0, 2, 1)
    return np.mean(B @ A, axis=0)


def cosine(X: np.ndarray, Y: np.ndarray) -> float:
    """Cosine between two matrices, read as vectors."""
    return float(np.sum(X * Y) / np.linalg.norm(X) / np.linalg.norm(Y))


def heads_add_up_to_full_rank() -> str:
    """One head changes W at rank 4; N heads merged together at rank 4 N, up to full rank."""
    rng = np.random.default_rng(0)
    ranks = {}
    for N in (1, 2, 8, 16, 32):
        A, B = heads(N, rng)
        B = B + rng.normal(size=B.shape)  # after some training
        ranks[N] = np.linalg.matrix_rank(np.mean(B @ A, axis=0))
    assert ranks == {1: 4, 2: 8, 8: 32, 16: 64, 32: 64}, f"ranks {ranks}"
    return "1, 2, 8, 16 and 32 heads of rank 4 give ranks " + ", ".join(map(str, ranks.values()))


def merging_changes_nothing() -> str:
    """Folding the mean of the products into W and setting B to zero leaves the layer's output as it was."""
    rng = np.random.default_rng(0)
    W, X, s = rng.normal(size=(d, d)), rng.normal(size=(d, 8)), 2.0
    A, B = heads(8, rng)
    before_training = W @ X
    B = B + rng.normal(size=B.shape)
    together = W @ X + s * np.mean([b @ (a @ X) for a, b in zip(A, B, strict=True)], axis=0)
    merged = (W + s * np.mean(B @ A, axis=0)) @ X
    gap = np.abs(together - merged).max()
    assert gap < 1e-9, f"the outputs differ by {gap:.1e}"
    assert np.abs(merged - before_training).max() > 1, "the heads do nothing"
    return "the outputs differ by less than 1e-9"


def merged_step_approaches_the_gradient() -> str:
    """The mean first step of N heads is a random sketch of the full gradient and converges to it."""
    rng = np.random.default_rng(0)
    G = rng.normal(size=(d, d))
    found = {}
    for N in (1, 4, 16, 64, 256):
        found[N] = np.mean([cosine(first_step(heads(N, rng)[0], G), -G) for _ in range(5)])
        expected = np.sqrt(N * 4 / (N * 4 + d - 4))
        assert abs(found[N] - expected) < 0.02, f"{N} heads: {found[N]:.3f}, not {expected:.3f}"
    length = np.linalg.norm(first_step(heads(1024, rng)[0], G)) / np.linalg.norm(G)
    assert abs(length - 1) < 0.05, f"the step is {length:.2f} times as long as the gradient"
    return f"cosine {found[1]:.2f} with one head, {found[16]:.2f} with 16 and {found[256]:.2f} with 256"


def figure(axes) -> None:
    """The more heads, the closer their merged step is to a step of full training.

    The cosine between the merged first step and the full gradient of a 64 x 64 weight against the number of
    heads, from 1 to 256 on a logarithmic axis, for ranks 1, 4 and 16. All curves rise toward 1; what counts
    is the number of heads times the rank: the curve passes 0.7 where the product reaches 64.
    """
    G = np.random.default_rng(0).normal(size=(d, d))
    counts = 2 ** np.arange(9)
    for rank, style in ((16, "o-"), (4, "s-"), (1, "^-")):
        rng = np.random.default_rng(1)
        cosines = [cosine(first_step(heads(N, rng, rank)[0], G), -G) for N in counts]
        axes.plot(counts, cosines, style, label=f"rank {rank}")
    axes.set_xscale("log", base=2)
    axes.set_xticks(counts, labels=counts)
    axes.set(xlabel="heads merged", ylabel="cosine to the full gradient", ylim=(0, 1.05))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
