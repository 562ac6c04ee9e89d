"""Intrinsic dimensionality: train in a random subspace and widen it until the task can be solved."""

import numpy as np

D = 1024  # parameters of the model
TASK = np.arange(1.0, 11.0)  # right-hand sides of ten independent linear constraints


def dense(d: int, rng) -> np.ndarray:
    """A random projection from d to D dimensions, stored in full."""
    return rng.normal(size=(d, D)).T


def fastfood(d: int, rng) -> np.ndarray:
    """The first d columns of H G Pi H B, whose factors need O(D) numbers."""
    G, Pi, B = rng.normal(size=(D, 1)), rng.permutation(D), rng.choice([-1.0, 1.0], size=(D, 1))
    return hadamard_transform(G * hadamard_transform(B * np.eye(D, d))[Pi]) / D


def hadamard_transform(x: np.ndarray) -> np.ndarray:
    """H x without H: sums and differences of neighboring halves, log N times."""
    half = 1
    while half < len(x):
        a, b = np.moveaxis(x.reshape(len(x) // (2 * half), 2, half, -1), 1, 0)
        x, half = np.stack([a + b, a - b], axis=1).reshape(x.shape), 2 * half
    return x


def best_loss(projection, d: int) -> float:
    """The lowest squared error that theta_0 + P theta_d can reach, as a share of the error at theta_0 = 0."""
    rng = np.random.default_rng(0)
    constraints = rng.normal(size=(len(TASK), D)) @ projection(d, rng)
    theta_d = np.linalg.lstsq(constraints, TASK, rcond=None)[0]
    return float(np.sum((constraints @ theta_d - TASK) ** 2) / np.sum(TASK**2))


def solutions_appear_at_ten_dimensions() -> str:
    """A task of ten independent constraints is unsolved in 9 random dimensions and solved in 10 (§3)."""
    losses = np.array([best_loss(dense, d) for d in range(1, 21)])
    assert losses[:9].min() > 1e-3, f"solved too early: {losses[:9]}"
    assert losses[9:].max() < 1e-20, f"unsolved with ten or more: {losses[9:]}"
    return f"of 1,024 parameters: {losses[8]:.0%} of the loss is left at d = 9, nothing at d = 10"


def fastfood_finds_the_same_dimension() -> str:
    """The structured projection H G Pi H B, of which no matrix is stored, finds ten dimensions too (§3)."""
    H = hadamard_transform(np.eye(64))
    assert np.array_equal(H @ H.T, 64 * np.eye(64)), "H H^T is not N I"
    nine, ten = best_loss(fastfood, 9), best_loss(fastfood, 10)
    assert nine > 1e-3, f"solved too early: the loss at d = 9 is {nine:.1e}"
    assert ten < 1e-20, f"unsolved: the loss at d = 10 is {ten:.1e}"
    return "H Hᵀ = N I, and the loss vanishes at d = 10, not at d = 9"


def few_numbers_change_a_weight_at_full_rank() -> str:
    """Ten numbers, projected at random onto a 32 x 32 weight, change it at rank 32, not ten (§3)."""
    theta_d = np.random.default_rng(1).normal(size=10)
    for projection in (dense, fastfood):
        change = (projection(10, np.random.default_rng(0)) @ theta_d).reshape(32, 32)
        rank = np.linalg.matrix_rank(change)
        assert rank == 32, f"the change has rank {rank} with the {projection.__name__} projection"
    return "rank 32 with the dense and with the Fastfood projection"


def figure(axes) -> None:
    """The loss vanishes once the random subspace has as many dimensions as the task has constraints.

    The best reachable loss, as a share of the loss before training, on a logarithmic axis against the
    dimension d from 1 to 20, for a dense and for a Fastfood projection. Both curves fall slowly up to
    d = 9, drop by more than twenty orders of magnitude at d = 10 and stay at the level of rounding.
    """
    dimensions = np.arange(1, 21)
    for projection, style in ((dense, "o-"), (fastfood, "s--")):
        losses = [best_loss(projection, d) for d in dimensions]
        axes.semilogy(dimensions, losses, style, label=f"{projection.__name__} projection")
    axes.set(xlabel="dimensions trained, d", ylabel="loss / loss before training", xticks=range(2, 21, 2))
    axes.legend(loc="center right")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
