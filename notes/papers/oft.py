"""OFT: turning all neurons of a layer together keeps their angles; adding to them does not."""

import numpy as np

d, n, r = 64, 48, 4  # width of a neuron, neurons (columns of W), diagonal blocks of R


def cayley(Q: np.ndarray) -> np.ndarray:
    """The rotation (I + Q)(I - Q)^-1 of a skew-symmetric Q."""
    return (np.eye(len(Q)) + Q) @ np.linalg.inv(np.eye(len(Q)) - Q)


def skew(size: int, rng) -> np.ndarray:
    """A random skew-symmetric matrix."""
    A = rng.normal(size=(size, size))
    return (A - A.T) / np.sqrt(size)


def block_rotation(scale: float, rng) -> np.ndarray:
    """R = diag(R_1, ..., R_r), each block from its own Q; the identity at scale 0."""
    R, size = np.zeros((d, d)), d // r
    for start in range(0, d, size):
        R[start : start + size, start : start + size] = cayley(scale * skew(size, rng))
    return R


def energy(W: np.ndarray) -> float:
    """Hyperspherical energy: the sum of inverse distances between normalized neurons."""
    unit = W / np.linalg.norm(W, axis=0)
    distance = np.linalg.norm(unit[:, :, None] - unit[:, None, :], axis=0)
    return float(np.sum(1 / distance[~np.eye(n, dtype=bool)]))


def pretrained_and_update(rng) -> tuple[np.ndarray, np.ndarray]:
    """Weights W0 with correlated neurons, and a random update BA of rank 4."""
    W0 = rng.normal(size=(d, n)) + 2 * rng.normal(size=(d, 1))
    return W0, rng.normal(size=(d, 4)) @ rng.normal(size=(4, n))


def rotation_keeps_angles_and_norms() -> str:
    """W = R W0 has the norms and pairwise angles of W0, hence its energy; W0 + BA does not (§3.2)."""
    rng = np.random.default_rng(0)
    W0, BA = pretrained_and_update(rng)
    W = block_rotation(1.0, rng) @ W0
    gap, kept, added = np.abs(W.T @ W - W0.T @ W0).max(), energy(W) - energy(W0), energy(W0 + BA) - energy(W0)
    assert np.linalg.norm(W - W0) > 0.5 * np.linalg.norm(W0), "the weights hardly moved"
    assert gap < 1e-9, f"inner products differ by {gap:.1e}"
    assert abs(kept) < 1e-9, f"the energy changed by {kept:.1e}"
    assert abs(added) > 0.1, f"adding BA changed the energy by {added:.2f} only"
    return f"energy {energy(W0):.0f}: changed by less than 1e-9, and by {added:.0f} when BA is added"


def cayley_only_rotates() -> str:
    """Cayley's form starts at the identity and reaches only orthogonal matrices of determinant 1 (§3.3)."""
    rng = np.random.default_rng(0)
    assert np.array_equal(block_rotation(0.0, rng), np.eye(d)), "Q = 0 does not give the identity"
    for size in (2, 3, 8, 17) * 5:
        R = cayley(10 * skew(size, rng))
        assert np.abs(R.T @ R - np.eye(size)).max() < 1e-9, "R is not orthogonal"
        assert abs(np.linalg.det(R) - 1) < 1e-9, f"the determinant is {np.linalg.det(R):.3f}"
    return "20 random matrices: orthogonal, determinant 1, never -1"


def parameters_of_both() -> str:
    """For a 128 x 128 matrix, OFT with 8 blocks trains 960 numbers and LoRA of rank 8 trains 2,048 (§3.3)."""
    d, n, r, rank = 128, 128, 8, 8
    oft, lora = r * len(np.triu_indices(d // r, k=1)[0]), rank * (d + n)
    assert (oft, lora) == (960, 2048), f"counted {oft} and {lora}"
    return f"{oft} and {lora:,}, but {1 - 1 / r:.1%} of R's entries are fixed at zero"


def figure(axes) -> None:
    """Rotating keeps the hyperspherical energy at any distance from the start; adding does not.

    Two curves of the energy against the relative distance of the weights from their pretrained values. The
    curve of OFT is flat. The curve of a random low-rank addition starts at the same point and falls by half.
    """
    W0, BA = pretrained_and_update(np.random.default_rng(0))
    steps = np.linspace(0, 1, 40)
    rotated = [block_rotation(t, np.random.default_rng(1)) @ W0 for t in steps]
    added = [W0 + 2 * t * BA for t in steps]
    for label, path in (("OFT: R W0", rotated), ("LoRA: W0 + BA", added)):
        moved = [np.linalg.norm(W - W0) / np.linalg.norm(W0) for W in path]
        axes.plot(moved, [energy(W) for W in path], label=label)
    axes.set(xlabel="distance from the pretrained weights, relative", ylabel="hyperspherical energy")
    axes.set(xlim=(0, 1.3), ylim=(0, 4500))
    axes.legend(loc="lower left")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
