"""LoRA: a low-rank update that starts at nothing, merges, and what it costs."""

import numpy as np

d, r = 64, 4  # width of a square weight, rank of the update


def layer(W0: np.ndarray, B: np.ndarray, A: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The frozen weight and the update side by side, h = W0 x + B A x (Eq. 3)."""
    return W0 @ x + B @ (A @ x)


def _sample(rng) -> list[np.ndarray]:
    return [rng.normal(size=shape) for shape in ((d, d), (d, r), (r, d), (d, 8))]


def starts_at_the_pretrained_model() -> str:
    """With A Gaussian and B zero the update is zero, yet B gets a gradient (§4.1)."""
    W0, _, A, x = _sample(np.random.default_rng(0))
    B = np.zeros((d, r))
    assert np.array_equal(layer(W0, B, A, x), W0 @ x), "the output has changed"
    gradient_of_B = np.ones((d, 8)) @ (A @ x).T  # for a gradient of ones at the output
    assert np.abs(gradient_of_B).min() > 0, "B cannot learn"
    return "the outputs are equal, and no entry of B's gradient is zero"


def merge_is_exact() -> str:
    """Adding BA to W0 leaves the layer's output unchanged; subtracting it gives W0 back (§4.1)."""
    W0, B, A, x = _sample(np.random.default_rng(0))
    W = W0 + B @ A
    gap, restored = np.abs(W @ x - layer(W0, B, A, x)).max(), np.abs(W - B @ A - W0).max()
    assert max(gap, restored) < 1e-10, f"the outputs differ by {gap:.1e}, the weights by {restored:.1e}"
    return "both differ by less than 1e-10"


def gpt3_parameters() -> str:
    """Rank 4 on two projections of 96 layers trains 18,874,368 parameters, one in 9,272 (§4.2, §7.1)."""
    count = {rank: 96 * 2 * (2 * 12_288 * rank) for rank in (1, 4, 8)}
    assert count[4] == 18_874_368, f"counted {count[4]:,}"
    assert [round(count[rank] / 1e6, 1) for rank in (1, 8)] == [4.7, 37.7], f"ranks 1 and 8: {count}"
    assert 2 * count[4] == 36 * 2**20, f"{2 * count[4] / 2**20:.2f} MiB at two bytes each"
    return f"{count[4]:,}, 36 MiB, one in {175e9 / count[4]:,.0f}"


def fit(target: np.ndarray, rank: int, steps: int = 400) -> tuple[np.ndarray, list[float]]:
    """Gradient descent on B and A for |BA - target|^2: the product and the errors on the way."""
    A, B = np.random.default_rng(1).normal(size=(rank, d)) / np.sqrt(d), np.zeros((d, rank))
    errors, lr = [], 0.25 / np.linalg.norm(target, 2)
    for _ in range(steps):
        gap = B @ A - target
        errors.append(np.sum(gap**2))
        B, A = B - lr * gap @ A.T, A - lr * B.T @ gap
    return B @ A, errors


def best_error(target: np.ndarray, rank: int) -> float:
    """The least error of any matrix of that rank: the sum of the squared singular values left out."""
    return float(np.sum(np.linalg.svd(target, compute_uv=False)[rank:] ** 2))


def _target() -> np.ndarray:
    """A matrix of full rank with singular values that halve every four indices, and norm 1."""
    U, V = (np.linalg.qr(np.random.default_rng(seed).normal(size=(d, d)))[0] for seed in (2, 3))
    S = 0.5 ** (np.arange(d) / 4)
    return U * (S / np.linalg.norm(S)) @ V


def training_finds_the_best_of_its_rank() -> str:
    """Trained toward a matrix of full rank, BA reaches the best approximation of rank r, no more (§4.1)."""
    target = _target()
    for rank in (1, 4, 8):
        BA, errors = fit(target, rank, 4000)
        assert np.linalg.matrix_rank(BA, tol=1e-8) == rank, f"the rank is {np.linalg.matrix_rank(BA)}"
        gap = errors[-1] - best_error(target, rank)
        assert abs(gap) < 1e-6, f"rank {rank}: {gap:.1e} above the truncated SVD"
    return "ranks 1, 4 and 8: within 1e-6 of the truncated singular value decomposition"


def figure(axes) -> None:
    """A low-rank update comes as close to a full-rank target as its rank allows, and stays there.

    Squared error over 400 steps of gradient descent for ranks 1, 4 and 8, toward a target of norm 1. The
    curves fall and level off on dotted lines, the errors of the best approximations: 0.71, 0.25 and 0.06.
    """
    target = _target()
    for rank in (1, 4, 8):
        (line,) = axes.plot(fit(target, rank)[1], label=f"r = {rank}")
        axes.axhline(best_error(target, rank), color=line.get_color(), linewidth=1, linestyle=":")
    axes.set(xlabel="step", ylabel="squared error", ylim=(0, 1.05))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
