"""DyT: why normalization looks like a tanh from afar, and what replacing it saves."""

import numpy as np


def layer_norm(x):
    """Each token (a row) less its mean, divided by its standard deviation (gain 1, shift 0)."""
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def dyt(x, alpha, gamma, beta):
    """Dynamic Tanh: one alpha for the layer, a gain and a shift for each channel (§4)."""
    return gamma * np.tanh(alpha * x) + beta


def _tokens(count=400, channels=64):
    """Tokens of different size, with two channels that take extreme values, as in Figure 4."""
    rng = np.random.default_rng(0)
    x = np.exp(0.3 * rng.normal(size=(count, 1))) * rng.normal(size=(count, channels))
    x[:, :2] *= 10 * np.exp(rng.normal(size=(count, 2)))
    return x


def _fit(s, y):
    """The factor γ that brings γ s closest to y, and the share of variance explained, R²."""
    gamma = (s * y).sum() / (s * s).sum()
    return gamma, 1 - ((y - gamma * s) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def _best_alpha(x, y):
    return max(np.geomspace(0.001, 10, 81), key=lambda alpha: _fit(np.tanh(alpha * x), y)[1])


def each_token_is_a_line() -> str:
    """Within one token, layer normalization is a straight line, with slope 1/σ of that token (§3)."""
    x = _tokens()
    y = layer_norm(x)
    lines = [np.polyfit(a, b, 1) for a, b in zip(x, y, strict=True)]
    gap = max(np.abs(np.polyval(line, a) - b).max() for line, a, b in zip(lines, x, y, strict=True))
    slopes = np.array([line[0] for line in lines])
    assert gap < 1e-10, f"a token is off its line by {gap:.1e}"
    assert np.allclose(slopes, 1 / x.std(axis=1)), "a slope is not 1/σ"
    return f"residuals below 1e-10; slopes from {slopes.min():.3f} to {slopes.max():.2f}"


def cloud_is_s_shaped() -> str:
    """Pooled over tokens, a scaled tanh fits the same values far better than a line (§3)."""
    x = _tokens()
    y = layer_norm(x)
    alpha = _best_alpha(x, y)
    line, curve = _fit(x, y)[1], _fit(np.tanh(alpha * x), y)[1]
    assert curve > line + 0.1, f"R² of the tanh {curve:.2f}, of the line {line:.2f}"
    return f"R² of the line {line:.2f}, of the tanh {curve:.2f}, with α = {alpha:.2f}"


def each_number_by_itself() -> str:
    """Changing one channel changes one output of DyT, but all 64 of layer normalization (§4)."""
    x = _tokens()
    changed = x.copy()
    changed[0, 0] += 1
    layers = layer_norm, lambda x: dyt(x, 0.5, np.ones(64), np.zeros(64))
    norm, tanh = ((layer(x) != layer(changed)).sum() for layer in layers)
    assert (norm, tanh) == (64, 1), f"{norm} outputs of the norm change, {tanh} of DyT"
    return f"{tanh} output of DyT changes, {norm} of layer normalization"


def saving_is_in_the_layers() -> str:
    """The model saves just the seconds that its layers save; compiling RMSNorm saves more (Tables 14, 15)."""
    layer, model, compiled = (2.1, 1.0), (14.1, 13.0), 12.3
    saved = model[0] - model[1]
    assert np.isclose(saved, layer[0] - layer[1]), f"the layers do not account for {saved:.1f} s"
    assert model[0] - compiled > saved, f"compiling saves only {model[0] - compiled:.1f} s"
    share = saved / model[0]
    assert round(share, 3) == 0.078, f"the share is {share:.1%}"
    return f"{saved:.1f} s of {model[0]} s, {share:.1%}; compiling saves {model[0] - compiled:.1f} s"


def figure(axes) -> None:
    """Layer normalization is a line for each token; over many tokens the lines form an S.

    Inputs against outputs of layer normalization for 30 simulated tokens, each on its own straight line
    nearly through the origin, steep for small tokens and flat for large ones. The extreme values, on the
    flat lines, bend away from the steep ones. Together the points fill an S, which a scaled tanh follows.
    """
    x = _tokens(30)
    y = layer_norm(x)
    axes.plot(x.T, y.T, "C0", linewidth=0.4)
    axes.plot(x.ravel(), y.ravel(), "C0.", markersize=2, label="layer normalization, 30 tokens")
    alpha = _best_alpha(x, y)
    gamma, grid = _fit(np.tanh(alpha * x), y)[0], np.linspace(-60, 60, 121)
    axes.plot(grid, dyt(grid, alpha, gamma, 0), "C1", label=f"{gamma:.1f} tanh({alpha:.2f} x)")
    axes.set(xlabel="input", ylabel="output", xlim=(-60, 60))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
