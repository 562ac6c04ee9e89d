"""Diffusion, 2015: erase slowly, and each step can be undone by a Gaussian."""

import numpy as np

GAUSSIAN_ENTROPY = 0.5 * np.log(2 * np.pi * np.e)  # of N(0, 1), in nats


def schedule(T: int) -> tuple[np.ndarray, np.ndarray]:
    """beta_1 .. beta_T, each erasing 1/T of the signal, and what is left of it after 0 .. T steps."""
    beta = 1 / (T - np.arange(1, T + 1) + 1)
    return beta, np.concatenate([[1.0], np.cumprod(1 - beta)])


def reverse_step(x, beta, abar):
    """Mean and variance of x^(t-1) given x^(t) = x, for data at -2 and 2 with width 0.3."""
    m, v = np.sqrt(abar) * np.array([-2, 2]), abar * 0.3**2 + 1 - abar
    spread = (1 - beta) * v + beta
    residual = x[:, None] - np.sqrt(1 - beta) * m
    weight = np.exp(-(residual**2) / (2 * spread))
    weight /= weight.sum(axis=1, keepdims=True)
    means = m + np.sqrt(1 - beta) * v / spread * residual
    f_mu = (weight * means).sum(axis=1)
    return f_mu, beta * v / spread + (weight * (means - f_mu[:, None]) ** 2).sum(axis=1)


def sample(T: int) -> np.ndarray:
    """Start from N(0, 1) and take T Gaussian reverse steps."""
    rng = np.random.default_rng(0)
    beta, abar = schedule(T)
    x = rng.normal(size=10_000)
    for t in range(T, 0, -1):
        f_mu, f_sigma = reverse_step(x, beta[t - 1], abar[t - 1])
        x = f_mu + np.sqrt(f_sigma) * rng.normal(size=len(x))
    return x


def entropy(abar: float, center: float) -> float:
    """Entropy, in nats, of data at -center and center with width 0.3, once diffused to abar."""
    x, v = np.linspace(-9, 9, 2001), abar * 0.3**2 + 1 - abar
    p = sum(np.exp(-((x - sign * np.sqrt(abar) * center) ** 2) / (2 * v)) for sign in (-1, 1))
    p = p / np.sqrt(8 * np.pi * v) + 1e-300
    return -np.sum(p * np.log(p)) * (x[1] - x[0])


def entropy_margins(center: float, T: int = 100) -> tuple[float, float]:
    """How far a reverse step's entropy stays above Eq. 24's lower bound and below its upper one, at worst."""
    beta, abar = schedule(T)
    above, below = [], []
    for t in range(2, T):
        upper = GAUSSIAN_ENTROPY + 0.5 * np.log(beta[t - 1])
        lower = upper + 0.5 * np.log((1 - abar[t - 1]) / (1 - abar[t]))
        reverse = upper + entropy(abar[t - 1], center) - entropy(abar[t], center)
        above.append(reverse - lower)
        below.append(upper - reverse)
    return min(above), min(below)


def each_step_erases_an_equal_part() -> str:
    """The binomial kernel with beta_t = 1/(T-t+1) leaves 1 - t/T of a bit's signal after t steps (§2.4.1)."""
    T, chance, left = 2000, 1.0, []
    for beta in schedule(T)[0]:
        chance = chance * (1 - beta) + 0.5 * beta
        left.append(2 * chance - 1)
    gap = np.abs(left - (1 - np.arange(1, T + 1) / T)).max()
    assert gap < 1e-12, f"the signal differs from 1 - t/T by {gap:.1e}"
    return "over 2,000 steps the signal is 1 - t/T to within 1e-12"


def small_steps_are_undone_by_gaussians() -> str:
    """500 Gaussian reverse steps turn noise back into two narrow peaks; 3 steps blur them (§2.2)."""
    x, coarse = sample(500), np.abs(sample(3)).std()
    center, width, share = np.abs(x).mean(), np.abs(x).std(), (x > 0).mean()
    assert abs(center - 2) < 0.03, f"the peaks are at ±{center:.3f}"
    assert abs(width - 0.3) < 0.02 < coarse - 0.3, f"widths {width:.3f} (500 steps), {coarse:.3f} (3 steps)"
    assert abs(share - 0.5) < 0.02, f"{share:.3f} of the samples are in one peak"
    return f"500 steps: peaks at ±{center:.2f}, width {width:.2f}; 3 steps: width {coarse:.2f}"


def entropy_bounds_need_unit_variance() -> str:
    """Eq. 24 bounds a reverse step's entropy on both sides for data of variance 1, but not for larger."""
    above, below = entropy_margins(np.sqrt(1 - 0.3**2))
    assert min(above, below) > 0, f"variance 1: margins {above:.1e} and {below:.1e}"
    above, below = entropy_margins(2)
    assert above > 0 > below, f"variance 4.09: margins {above:.1e} and {below:.1e}"
    return "variance 1: both bounds hold at every step; variance 4.09: the upper one fails"


def table_1_is_relative_to_a_null_model() -> str:
    """K - L_null is Table 1's right column, with N(0, 1) or bits of mean 0.2 as the null model."""
    gaussian = -GAUSSIAN_ENTROPY / np.log(2)
    bits = 20 * (0.2 * np.log2(0.2) + 0.8 * np.log2(0.8))
    rows = [(2.35, 6.45, 2 * gaussian), (-2.414, 12.024, bits), (1.489, 3.536, gaussian)]
    rows += [(-0.55, 1.5, gaussian), (5.4, 11.5, 3 * gaussian)]
    gap = max(abs(K - null - printed) for K, printed, null in rows)
    assert gap < 0.05, f"the right column is missed by {gap:.3f}"
    return (
        f"L_null is {bits:.2f} bits for 20 bits, {gaussian:.3f} a value: one, two (roll) or three (CIFAR-10)"
    )


def figure(axes) -> None:
    """Many small Gaussian steps rebuild two narrow peaks; three large ones leave samples between them.

    Density over x from -4 to 4. The data are two narrow peaks at -2 and 2. Samples of a reverse chain of
    500 steps lie on the data's curve; those of a chain of 3 steps form lower peaks and a floor between them.
    """
    x = np.linspace(-4, 4, 400)
    data = sum(np.exp(-((x - c) ** 2) / (2 * 0.3**2)) for c in (-2, 2)) / (0.6 * np.sqrt(2 * np.pi))
    axes.plot(x, data, color=axes.xaxis.label.get_color(), linestyle="--", label="data")
    for T in (500, 3):
        axes.stairs(*np.histogram(sample(T), 60, (-4, 4), density=True), label=f"{T} steps", linewidth=1.5)
    axes.set(xlabel="x", ylabel="density")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
