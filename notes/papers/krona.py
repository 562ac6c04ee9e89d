"""KronA: a Kronecker product of small factors has few parameters and a high rank."""

import numpy as np

k = 16
d = k * k  # one A ⊗ B of k x k factors trains 2 k^2 = 512 numbers, as many as one outer product of LoRA


def low_rank_fit(M: np.ndarray, terms: int = 1) -> np.ndarray:
    """The nearest sum of outer products."""
    U, S, Vt = np.linalg.svd(M)
    return (U[:, :terms] * S[:terms]) @ Vt[:terms]


def blocks_as_rows(M: np.ndarray) -> np.ndarray:
    """Each k x k block of M as a row, so that A ⊗ B becomes vec(A) vec(B)^T; its own inverse."""
    return M.reshape(k, k, k, k).transpose(0, 2, 1, 3).reshape(d, d)


def kronecker_fit(M: np.ndarray, terms: int = 1) -> np.ndarray:
    """The nearest sum of Kronecker products."""
    return blocks_as_rows(low_rank_fit(blocks_as_rows(M), terms))


def _targets() -> tuple[np.ndarray, np.ndarray]:
    """A random A ⊗ B and a random outer product, both of norm 1."""
    rng = np.random.default_rng(0)
    pair = np.kron(*rng.normal(size=(2, k, k))), np.outer(*rng.normal(size=(2, d)))
    return tuple(M / np.linalg.norm(M) for M in pair)


def ranks_multiply() -> str:
    """rank(A ⊗ B) is rank(A) rank(B), so small factors of full rank give an update of full rank."""
    rng = np.random.default_rng(0)
    found = []
    for rank_A, rank_B in ((2, 3), (5, 16), (16, 16)):
        A, B = (rng.normal(size=(k, r)) @ rng.normal(size=(r, k)) for r in (rank_A, rank_B))
        found.append(np.linalg.matrix_rank(np.kron(A, B)))
        assert found[-1] == rank_A * rank_B, f"ranks {rank_A} and {rank_B} gave {found[-1]}"
    assert A.size + B.size == 512, f"the factors have {A.size + B.size} numbers"
    return "2 and 3 give {}, 5 and 16 give {}, 16 and 16 give {}".format(*found)


def product_needs_no_large_matrix() -> str:
    """(A ⊗ B) x can be computed from the factors, as B X A^T with the columns of X stacked in x."""
    rng = np.random.default_rng(0)
    A, B, x = rng.normal(size=(3, 5)), rng.normal(size=(4, 2)), rng.normal(size=10)
    X = x.reshape(2, 5, order="F")
    gap = np.abs(np.kron(A, B) @ x - (B @ X @ A.T).ravel(order="F")).max()
    assert gap < 1e-10, f"the products differ by {gap:.1e}"
    return "the products differ by less than 1e-10"


def neither_form_contains_the_other() -> str:
    """With 512 numbers each, a Kronecker target defeats rank 1, and a rank-1 target defeats A ⊗ B."""
    left = [[np.linalg.norm(M - fit(M)) for fit in (kronecker_fit, low_rank_fit)] for M in _targets()]
    (own_kronecker, low_rank), (kronecker, own_low_rank) = left
    assert max(own_kronecker, own_low_rank) < 1e-9, f"own targets: {own_kronecker:.1e}, {own_low_rank:.1e}"
    assert min(low_rank, kronecker) > 0.9, f"left of the other's target: {low_rank:.1%}, {kronecker:.1%}"
    return f"each fits its own target; rank 1 misses {low_rank:.0%} of the other, A ⊗ B {kronecker:.0%}"


def figure(axes) -> None:
    """Each form needs its full budget of terms for a target that the other fits with one.

    The error left of a target of norm 1 against the numbers trained, from 512 to 131,072 on a logarithmic
    axis. Two nearly equal curves, a sum of outer products fitted to A ⊗ B and a sum of Kronecker products
    fitted to an outer product, begin at 0.98 and reach zero only at the right end. A point at 512 numbers
    and error zero marks either form on its own kind of target.
    """
    terms = np.array([1, 2, 4, 8, 16, 32, 64, 96, 128, 160, 192, 224, 256])
    A_B, outer = _targets()
    for label, M, fit, style in (
        ("outer products for a target A ⊗ B", A_B, low_rank_fit, "o-"),
        ("Kronecker products for a rank-1 target", outer, kronecker_fit, "s--"),
    ):
        axes.plot(2 * d * terms, [np.linalg.norm(M - fit(M, t)) for t in terms], style, label=label)
    axes.plot(2 * d, 0, "C2D", label="either, on its own kind of target")
    axes.set(xlabel="numbers trained", ylabel="share of the target missed", xscale="log", ylim=(-0.05, 1.05))
    axes.legend(loc="lower left", bbox_to_anchor=(0.05, 0.08))


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
