"""GaLore: Adam on gradients projected to a low-rank subspace that is renewed from time to time."""

import numpy as np

n, r, steps = 64, 4, 600


def train(W_star: np.ndarray, renew_every: int) -> tuple[np.ndarray, list[float]]:
    """Minimize |W - W_star|^2 / 2 by Adam in a subspace of rank r; the weights reached and the losses."""
    W, losses, beta1, beta2, lr = np.zeros((n, n)), [], 0.9, 0.999, 0.1
    M, V = np.zeros((r, n)), np.zeros((r, n))
    for t in range(steps):
        G = W_star - W  # the negative gradient
        losses.append(np.sum(G**2) / 2)
        if t % renew_every == 0:
            P = np.linalg.svd(G)[0][:, :r]
        R = P.T @ G
        M, V = beta1 * M + (1 - beta1) * R, beta2 * V + (1 - beta2) * R**2
        W = W + lr * P @ (M / (1 - beta1 ** (t + 1)) / (np.sqrt(V / (1 - beta2 ** (t + 1))) + 1e-8))
    return W, losses


def _target() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, n))


def renewed_subspaces_reach_full_rank() -> str:
    """With a fixed projection the weights change at rank r, with a renewed one at full rank (§4)."""
    fixed, renewed = train(_target(), steps), train(_target(), 10)
    ranks = [np.linalg.matrix_rank(W, tol=1e-6) for W, _ in (fixed, renewed)]
    assert ranks == [r, n], f"ranks {ranks}"
    left = [losses[-1] / losses[0] for _, losses in (fixed, renewed)]
    assert left[0] > 0.5 > 0.05 > left[1], f"shares of the loss left: {left}"
    return f"rank {ranks[0]} and {ranks[1]}; {left[0]:.0%} and {left[1]:.1%} of the loss are left"


def optimizer_states() -> str:
    """Of a 4096 x 4096 matrix at rank 1024 GaLore keeps 12.6M numbers, LoRA 16.8M, Adam 33.6M (Table 1)."""
    m, n, r = 4096, 4096, 1024
    projection, moments = m * r, 2 * (r * n)
    lora, adam = 2 * (m * r + r * n), 2 * (m * n)
    found = [round(count / 1e6, 2) for count in (projection + moments, lora, adam)]
    assert found == [12.58, 16.78, 33.55], f"counted {found}"
    return "{} M, {} M and {} M".format(*found)


def stable_rank(G: np.ndarray) -> float:
    """Squared Frobenius norm over squared spectral norm."""
    return float(np.sum(G**2) / np.linalg.norm(G, 2) ** 2)


def gradient_becomes_low_rank() -> str:
    """For G = A - B W C under SGD the stable rank falls to one as Lemma 3.3 bounds it (Eq. 9)."""
    rng, eta, size = np.random.default_rng(0), 0.1, 32
    Q_B, Q_C = (np.linalg.qr(rng.normal(size=(size, size)))[0] for _ in range(2))
    b, c = np.linspace(0.3, 1, size), np.linspace(0.2, 1, size)  # eigenvalues of B and C
    B, C, G = Q_B * b @ Q_B.T, Q_C * c @ Q_C.T, rng.normal(size=(size, size))
    lambda_1, lambda_2 = np.sort(np.outer(b, c), axis=None)[:2]
    decay = ((1 - eta * lambda_2) / (1 - eta * lambda_1)) ** 2
    start, outside = stable_rank(G), []
    for t in range(6001):
        if t % 100 == 0:  # energy outside the slowest direction, relative to the energy in it
            outside.append(np.sum(G**2) / (Q_B[:, 0] @ G @ Q_C[:, 0]) ** 2 - 1)
            bound = 1 + decay**t * outside[0]
            assert stable_rank(G) <= bound, f"step {t}: stable rank {stable_rank(G):.2f}, bound {bound:.2f}"
        G = G - eta * B @ G @ C  # what W <- W + eta G does to A - B W C
    assert start > 5, f"the stable rank starts at {start:.1f}"
    assert stable_rank(G) < 1.01, f"the stable rank ends at {stable_rank(G):.3f}"
    assert abs(outside[-1] / outside[-2] / decay**100 - 1) < 0.02, "the rest decays at another rate"
    return f"from {start:.1f} to below 1.01, under the bound all the way"


def figure(axes) -> None:
    """A subspace that is never renewed stops learning early; renewed ones go on.

    The loss of a 64 x 64 least-squares problem over 600 steps of Adam at rank 4, as a share of the loss at
    the start. With a fixed projection it levels off near 0.8. Renewed every 50 steps it falls in stairs to
    0.02, renewed every 10 steps smoothly and faster.
    """
    for renew_every in (steps, 50, 10):
        losses = np.array(train(_target(), renew_every)[1])
        label = "never renewed" if renew_every == steps else f"renewed every {renew_every} steps"
        axes.plot(losses / losses[0], label=label)
    axes.set(xlabel="step", ylabel="loss / loss at the start", ylim=(0, 1.05))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
