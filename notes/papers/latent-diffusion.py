"""Latent diffusion: compress, diffuse where there is little to diffuse, decode once."""

import numpy as np

WIDTH, FAINT = 0.5, 0.02  # of each cluster, and of the detail that the autoencoder may lose


def images(n: int = 4_000) -> tuple[np.ndarray, np.ndarray]:
    """Points of 256 values near a 4-dimensional subspace, in three clusters, and the clusters' centers."""
    rng = np.random.default_rng(0)
    basis = np.linalg.qr(rng.normal(size=(256, 4)))[0].T
    centers = 2 * rng.normal(size=(3, 4))
    content = centers[rng.integers(3, size=n)] + WIDTH * rng.normal(size=(n, 4))
    return content @ basis + FAINT * rng.normal(size=(n, 256)), centers @ basis


def autoencoder(x: np.ndarray, size: int = 4):
    """The best linear encoder to `size` values, and its decoder."""
    mean = x.mean(axis=0)
    W = np.linalg.eigh(np.cov(x.T))[1][:, -size:]
    return lambda x: (x - mean) @ W, lambda z: z @ W.T + mean


def denoise(z, abar, centers):
    """The best guess at the noise in z_t, which a perfect epsilon-theta would give."""
    var = abar * (WIDTH**2 + FAINT**2) + 1 - abar
    away = z[:, None, :] - np.sqrt(abar) * centers
    weight = np.exp(-((away**2).sum(axis=2) - (away**2).sum(axis=2).min(axis=1, keepdims=True)) / (2 * var))
    weight /= weight.sum(axis=1, keepdims=True)
    return np.sqrt(1 - abar) * (weight[:, :, None] * away).sum(axis=1) / var


def sample(centers, n: int = 4_000, T: int = 300) -> np.ndarray:
    """Ancestral sampling of latents from pure noise, as in DDPM."""
    rng = np.random.default_rng(1)
    beta = np.linspace(0.1 / T, 20 / T, T)
    abar = np.cumprod(1 - beta)
    z = rng.normal(size=(n, centers.shape[1]))
    for t in range(T - 1, -1, -1):
        eps = denoise(z, abar[t], centers)
        z = (z - beta[t] / np.sqrt(1 - abar[t]) * eps) / np.sqrt(1 - beta[t])
        z += (t > 0) * np.sqrt(beta[t]) * rng.normal(size=z.shape)
    return z


def latents_are_16_or_48_times_smaller() -> str:
    """At f = 4 with 3 channels and at f = 8 with 4, an image becomes 16 and 48 times smaller (Table 13)."""
    values = 256 * 256 * 3
    latent = [(256 // f) ** 2 * c for f, c in [(4, 3), (8, 4)]]
    assert [values / size for size in latent] == [16, 48], f"{values:,} values become {latent}"
    return f"{values:,} values become {latent[0]:,} or {latent[1]:,}"


def decoded_samples_match_the_data() -> str:
    """Diffusing 4 of 256 values and decoding gives mean, covariance and clusters of the data (§3.2)."""
    x, centers = images()
    encode, decode = autoencoder(x)
    lost = np.linalg.norm(decode(encode(x)) - x) / np.linalg.norm(x - x.mean(axis=0))
    drawn = decode(sample(encode(centers)))
    mean = np.linalg.norm(drawn.mean(axis=0) - x.mean(axis=0)) / np.sqrt(np.trace(np.cov(x.T)))
    cov = np.linalg.norm(np.cov(drawn.T) - np.cov(x.T)) / np.linalg.norm(np.cov(x.T))
    away = [((encode(y)[:, None] - encode(centers)) ** 2).sum(axis=2).min(axis=1).mean() for y in (drawn, x)]
    width = abs(np.sqrt(away[0] / away[1]) - 1)
    assert lost < 0.1, f"the autoencoder loses {lost:.0%}"
    assert mean < 0.05, f"the means differ by {mean:.1%} of the spread"
    assert cov < 0.05, f"the covariances differ by {cov:.1%}"
    assert width < 0.05, f"the widths of the clusters differ by {width:.1%}"
    return "mean, covariance and width of clusters agree within 5%, and the autoencoder loses less than 10%"


def queries_come_from_the_image() -> str:
    """Cross-attention fits together with W_Q on the image's side, not with the shapes as printed (§3.3)."""
    N, M, d_eps, d_tau, d = 64, 7, 32, 16, 8
    phi, tau = np.zeros((N, d_eps)), np.zeros((M, d_tau))

    def attend(W_Q, W_K, W_V):
        scores = (phi @ W_Q.T) @ (tau @ W_K.T).T / np.sqrt(d)
        return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True) @ (tau @ W_V.T)

    image_side, condition_side = np.zeros((d, d_eps)), np.zeros((d, d_tau))
    out = attend(image_side, condition_side, condition_side)
    assert out.shape == (N, d), f"the output has the shape {out.shape}"
    try:
        attend(condition_side, condition_side, image_side)
    except ValueError:
        return f"{N} positions attend to {M} vectors; with the printed shapes the products do not exist"
    raise AssertionError("the printed shapes fit as well")


def figure(axes) -> None:
    """Latents drawn by diffusion fall where the encoded data lie.

    A scatter plot of two of the four latent values. The encoded data form three clusters; latents drawn from
    pure noise by 300 denoising steps fill the same three clusters.
    """
    x, centers = images()
    encode, _ = autoencoder(x)
    data, drawn = encode(x)[:500], sample(encode(centers), 500)
    axes.plot(data[:, -1], data[:, -2], "o", markersize=3, alpha=0.5, label="encoded data")
    axes.plot(drawn[:, -1], drawn[:, -2], "+", markersize=5, label="drawn by diffusion")
    axes.set(xlabel="latent value 1", ylabel="latent value 2")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
