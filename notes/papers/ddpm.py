"""DDPM: noise in one jump, two ways to write a mean, and the weights that the loss drops."""

import numpy as np

T = 1000
beta = np.linspace(1e-4, 0.02, T)  # beta[t - 1] is the paper's beta_t
alpha = 1 - beta
abar = np.cumprod(alpha)


def dropped_weight(sigma2: np.ndarray) -> np.ndarray:
    """The weight of each step's squared noise error in the bound, for t = 1 .. T."""
    return beta**2 / (2 * sigma2 * alpha * (1 - abar))


def one_jump_equals_many_steps() -> str:
    """After 300 noising steps, mean and variance are those of the closed form (Eq. 4)."""
    rng = np.random.default_rng(0)
    x = np.full(100_000, 0.8)
    for t in range(1, 301):
        x = np.sqrt(alpha[t - 1]) * x + np.sqrt(beta[t - 1]) * rng.normal(size=x.size)
    mean, variance = np.sqrt(abar[299]) * 0.8, 1 - abar[299]
    assert abs(x.mean() - mean) < 0.01, f"the mean is {x.mean():.4f}, not {mean:.4f}"
    assert abs(x.var() - variance) < 0.01, f"the variance is {x.var():.4f}, not {variance:.4f}"
    return f"mean {x.mean():.3f} for {mean:.3f}, variance {x.var():.3f} for {variance:.3f}"


def predicting_noise_gives_the_posterior_mean() -> str:
    """With the true noise, Eq. 11 is the posterior mean of Eq. 7 at every step (Eq. 11)."""
    rng = np.random.default_rng(0)
    x_0, noise = rng.uniform(-1, 1, size=(100, 1)), rng.normal(size=(100, T))
    before = np.append(1, abar[:-1])
    x_t = np.sqrt(abar) * x_0 + np.sqrt(1 - abar) * noise
    eq_7 = (np.sqrt(before) * beta * x_0 + np.sqrt(alpha) * (1 - before) * x_t) / (1 - abar)
    eq_11 = (x_t - beta / np.sqrt(1 - abar) * noise) / np.sqrt(alpha)
    gap = np.abs(eq_7 - eq_11).max()
    assert gap < 1e-12, f"the means differ by {gap:.1e}"
    return "at all 1,000 steps the two means differ by less than 1e-12"


def almost_nothing_of_the_image_is_left() -> str:
    """For pixels spread evenly over [-1, 1], step T is about 1e-5 bits away from N(0, 1) (§4)."""
    left, x_0 = abar[-1], np.linspace(-1, 1, 256)
    bits = 0.5 * np.mean(left * x_0**2 - left - np.log1p(-left)) / np.log(2)
    assert 3.5e-5 < left < 4.5e-5, f"abar_T is {left:.2e}"
    assert 0.5e-5 < bits < 1.5e-5, f"L_T is {bits:.1e} bits per dimension"
    return f"abar_T = {left:.1e}, L_T = {bits:.1e} bits per dimension"


def distortion_is_what_its_error_costs() -> str:
    """A Gaussian error of 0.95 gray levels costs 1.97 bits, over half of 1.78 + 1.97 = 3.75 (§4.3)."""
    rate, error, total = 1.78, 0.95, 3.75
    distortion = 0.5 * np.log2(2 * np.pi * np.e * error**2)
    assert abs(distortion - 1.97) < 0.01, f"an error of {error} costs {distortion:.3f} bits"
    assert abs(rate + distortion - total) < 0.01, f"rate and distortion sum to {rate + distortion:.3f}"
    assert distortion > total / 2, f"distortion is {distortion / total:.0%} of the codelength"
    return f"distortion {distortion:.2f} bits, {distortion / total:.0%} of the codelength"


def the_dropped_weight_is_not_monotone() -> str:
    """With sigma_t^2 = beta_t the weight that L_simple drops falls a hundredfold, then doubles (Eq. 12)."""
    weight = dropped_weight(beta)
    low = weight.argmin()
    assert abs(weight[0] - 0.5) < 0.001, f"the first weight is {weight[0]:.3f}"
    assert 99 < weight[0] / weight[low] < 101, f"it falls by a factor of {weight[0] / weight[low]:.1f}"
    assert weight[-1] > 2 * weight[low], f"the last weight is {weight[-1]:.4f}, the least {weight[low]:.4f}"
    return f"{weight[0]:.2f} at t = 1, {weight[low]:.4f} at t = {low + 1}, {weight[-1]:.4f} at t = 1,000"


def figure(axes) -> None:
    """The bound weighs the first steps most; the simple loss weighs all alike.

    The weight of the squared noise error in the variational bound, on log scales, over t from 1 to 1,000.
    With either choice of variance it falls steeply from 0.5 or more, is least near t = 350 and doubles by the
    end. The simple loss is a horizontal line, here drawn at the mean of the first curve.
    """
    posterior = (1 - abar[:-1]) / (1 - abar[1:]) * beta[1:]
    weight = dropped_weight(beta)
    axes.loglog(np.arange(1, T + 1), weight, label=r"bound, $\sigma_t^2 = \beta_t$")
    axes.loglog(
        np.arange(2, T + 1), dropped_weight(np.append(1, posterior))[1:], label=r"bound, $\tilde\beta_t$"
    )
    axes.axhline(weight.mean(), color="C2", linestyle="--", label="simple loss")
    axes.set(xlabel="t", ylabel="weight")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
