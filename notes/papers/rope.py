"""RoPE: rotated queries and keys meet at their distance, and a bound on the score falls with it."""

import numpy as np

D = 64


def theta(d: int = D) -> np.ndarray:
    """The angles of the d/2 pairs for one position."""
    return 10000 ** (-2 * np.arange(d // 2) / d)


def R(m: int, d: int = D) -> np.ndarray:
    """The rotation matrix of position m: one block of two by two for each pair (§3.2.2)."""
    matrix = np.zeros((d, d))
    for i, angle in enumerate(m * theta(d)):
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [
            [np.cos(angle), -np.sin(angle)],
            [np.sin(angle), np.cos(angle)],
        ]
    return matrix


def rotate(x: np.ndarray, m: int) -> np.ndarray:
    """The same with two elementwise products and a sum (Eq. 34)."""
    angle = np.repeat(m * theta(x.size), 2)
    swapped = np.stack([-x[1::2], x[0::2]], axis=1).ravel()
    return x * np.cos(angle) + swapped * np.sin(angle)


def mean_bound(distance: np.ndarray) -> np.ndarray:
    """The mean of |S_j|, where S_j sums the first j unit vectors at angles distance * theta (§3.4.3)."""
    S = np.cumsum(np.exp(1j * np.multiply.outer(distance, theta())), axis=-1)
    return np.abs(S).mean(-1)


def score_depends_on_distance() -> str:
    """Moving query and key by the same amount leaves their score unchanged (Eq. 16)."""
    q, k = np.random.default_rng(0).normal(size=(2, D))
    for distance in (-7, 0, 3, 50):
        found = [rotate(q, n - distance) @ rotate(k, n) for n in (60, 500, 5000)]
        assert np.ptp(found) < 1e-9, f"at distance {distance} the scores spread by {np.ptp(found):.1e}"
    near, far = rotate(q, 0) @ rotate(k, 3), rotate(q, 0) @ rotate(k, 4)
    assert abs(near - far) > 1e-3, "the distance makes no difference"
    return "positions up to 5,000 give scores equal to within 1e-9"


def norms_stay() -> str:
    """The rotation matrix is orthogonal, so lengths do not change (§3.2.2)."""
    x = np.random.default_rng(0).normal(size=D)
    for m in (1, 50, 5000):
        assert np.abs(R(m).T @ R(m) - np.eye(D)).max() < 1e-12, f"R({m}) is not orthogonal"
        assert abs(np.linalg.norm(R(m) @ x) - np.linalg.norm(x)) < 1e-12, f"the length changes at {m}"
    return "equal to within 1e-12 at positions 1, 50 and 5,000"


def two_products_suffice() -> str:
    """Two elementwise products and a sum give what the matrix gives (Eq. 34)."""
    x = np.random.default_rng(0).normal(size=D)
    gap = max(np.abs(rotate(x, m) - R(m) @ x).max() for m in (0, 1, 50, 5000))
    assert gap < 1e-12, f"they differ by {gap:.1e}"
    return f"{2 * D} products in place of {D * D:,}; equal to within 1e-12"


def bound_falls_on_average_only() -> str:
    """The sum of |S_j| bounds the score; it falls with distance on average and rises in between (§3.4.3)."""
    bound = mean_bound(np.arange(256))
    q, k = np.random.default_rng(0).normal(size=(2, D // 2, 2)) @ [1, 1j]
    h = np.append(q * k.conj(), 0)
    scores = np.exp(1j * np.outer(np.arange(256), theta())) @ h[:-1]
    content = np.abs(np.diff(h)).max()
    assert (np.abs(scores.real) <= content * D / 2 * bound).all(), "a score exceeds its bound"
    early, late = bound[1:51].mean(), bound[200:].mean()
    assert late < early, f"the mean goes from {early:.2f} to {late:.2f}"
    assert abs(bound[0] - (D // 2 + 1) / 2) < 1e-9, f"it starts at {bound[0]:.2f}"
    assert bound[100] > bound[50] + 1, f"{bound[50]:.2f} at 50 and {bound[100]:.2f} at 100"
    places = ", ".join(f"{bound[m]:.1f} at {m}" for m in (0, 50, 100))
    return f"{places}; on average {early:.1f} up to 50 and {late:.1f} from 200 on"


def figure(axes) -> None:
    """The bound on the score against distance, for width 64.

    The mean of |S_j| over distances from 0 to 255, with its running mean over 50. It starts at 16.5, drops
    within a few dozen positions below 8 and then swings between about 3.5 and 8; the running mean falls on,
    slowly.
    """
    distance = np.arange(256)
    bound = mean_bound(distance)
    axes.plot(distance, bound, label="mean of |S_j|")
    axes.plot(
        distance[25:-24], np.convolve(bound, np.ones(50) / 50, "valid"), "--", label="mean over 50 distances"
    )
    axes.set(xlabel="distance of query and key", ylabel="bound", ylim=(0, None))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
