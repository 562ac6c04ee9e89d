"""RMSNorm: which changes of a layer it cancels, and which it lets through."""

import numpy as np


def rms_norm(a):
    """Each vector divided by its root mean square (Eq. 4, gain 1)."""
    return a / np.sqrt((a**2).mean(axis=-1, keepdims=True))


def layer_norm(a):
    """Each vector less its mean, divided by its standard deviation (Eq. 2, gain 1)."""
    return (a - a.mean(axis=-1, keepdims=True)) / a.std(axis=-1, keepdims=True)


def _layer():
    rng = np.random.default_rng(0)
    return rng.normal(size=(64, 32)), rng.normal(size=32)


def _gradient(W, x, v):
    """The gradient of v · RMSNorm(Wx) with respect to W (Eq. 9, gain 1)."""
    a = W @ x
    n, rms = len(a), np.sqrt((a**2).mean())
    R = (np.eye(n) - np.outer(a, a) / (n * rms**2)) / rms
    return np.outer(R @ v, x)


def only_common_scale_cancels() -> str:
    """Scaling x or all of W changes nothing; scaling one row of W does (Eq. 7, Table 1)."""
    W, x = _layer()
    y = rms_norm(W @ x)
    gap = max(np.abs(rms_norm(W @ (3 * x)) - y).max(), np.abs(rms_norm((3 * W) @ x) - y).max())
    assert gap < 1e-12, f"a common scale changes the output by {gap:.1e}"
    W[0] *= 3
    change = np.abs(rms_norm(W @ x) - y).max()
    assert change > 0.1, f"one row changes the output by only {change:.1e}"
    return f"below 1e-12 for x and W; one row tripled changes an output by {change:.2f}"


def shift_is_seen() -> str:
    """Adding a constant to every summed input changes RMSNorm, not layer normalization (Table 1)."""
    W, x = _layer()
    a = W @ x
    kept = np.abs(layer_norm(a + 5) - layer_norm(a)).max()
    seen = np.abs(rms_norm(a + 5) - rms_norm(a)).max()
    assert kept < 1e-12, f"layer normalization changes by {kept:.1e}"
    assert seen > 0.1, f"RMSNorm changes by only {seen:.1e}"
    return f"layer normalization: below 1e-12; RMSNorm: up to {seen:.2f}"


def equals_layernorm_at_zero_mean() -> str:
    """With the mean already zero, the two normalizations agree (§4)."""
    W, x = _layer()
    a = W @ x
    gap = np.abs(rms_norm(a - a.mean()) - layer_norm(a)).max()
    assert gap < 1e-12, f"they differ by {gap:.1e}"
    return "they differ by less than 1e-12"


def gradient_brakes_large_weights() -> str:
    """Weights times δ give a gradient divided by δ; the input's scale leaves it alone (Eqs. 9, 10)."""
    W, x = _layer()
    v = np.random.default_rng(1).normal(size=64)
    G, step = _gradient(W, x, v), np.zeros_like(W)
    step[3, 5] = 1e-6
    slope = v @ (rms_norm((W + step) @ x) - rms_norm((W - step) @ x)) / 2e-6
    assert abs(slope - G[3, 5]) < 1e-6, f"by differences {slope:.6f}, by formula {G[3, 5]:.6f}"
    assert np.allclose(_gradient(7 * W, x, v), G / 7), "weights: the gradient is not divided by δ"
    assert np.allclose(_gradient(W, 7 * x, v), G), "input: the gradient changes"
    return "weights × 7: gradient / 7; input × 7: gradient unchanged"


def figure(axes) -> None:
    """A shift passes through RMSNorm until it drowns the signal; layer normalization removes it.

    Mean and standard deviation of the normalized values over shifts from 0 to 6 standard deviations. Under
    layer normalization, dashed, they stay at 0 and 1. Under RMSNorm the mean climbs from 0 towards 1, as the
    standard deviation falls from 1 to about 0.16.
    """
    W, x = _layer()
    shifts = np.linspace(0, 6, 61)
    a = layer_norm(W @ x) + shifts[:, None]
    for name, normalize, line in [("RMSNorm", rms_norm, "-"), ("layer normalization", layer_norm, "--")]:
        y = normalize(a)
        axes.plot(shifts, y.mean(axis=1), "C0" + line, label=f"{name}: mean")
        axes.plot(shifts, y.std(axis=1), "C1" + line, label=f"{name}: standard deviation")
    axes.set(xlabel="shift, in standard deviations of the input", ylabel="after normalization")
    axes.legend(loc="center right", fontsize="small")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
