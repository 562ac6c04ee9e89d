"""Deep double descent, without the depth: width, samples and time in least squares."""

import numpy as np

WIDTHS = (10, 20, 40, 60, 100, 150, 300, 1000)


def errors(n: int, p: int, ridge: float = 0.0) -> np.ndarray:
    """Train and test error (medians of 8 draws) of p random ReLU features fitted to n noisy samples."""
    out = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        weights, beta = rng.normal(size=(30, p)) / np.sqrt(30), rng.normal(size=30) / np.sqrt(30)
        x = rng.normal(size=(n + 500, 30))
        y = x @ beta + 0.5 * rng.normal(size=n + 500)
        z = np.maximum(x @ weights, 0) / np.sqrt(p)
        U, s, Vt = np.linalg.svd(z[:n], full_matrices=False)
        fit = Vt.T @ (s / (s**2 + ridge) * (U.T @ y[:n]))  # least norm if ridge is 0
        squared = (z @ fit - y) ** 2
        out.append((squared[:n].mean(), squared[n:].mean()))
    return np.median(out, axis=0)


def test_error_over_time(times: np.ndarray) -> np.ndarray:
    """Gradient descent on 90 strong and 20 weak inputs, 150 samples: exact test error (mean of 8 draws)."""
    scale = np.concatenate([np.ones(90), np.full(20, 0.05)])
    size = np.concatenate([np.full(90, 2 / np.sqrt(90)), np.full(20, 1.5 / np.sqrt(20) / 0.05)])
    out = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        beta, x = size * rng.normal(size=110), scale * rng.normal(size=(150, 110))
        y = x @ beta + 0.2 * rng.normal(size=150)
        eigenvalues, V = np.linalg.eigh(x.T @ x / 150)
        learned = (1 - (1 - eigenvalues / (10 * eigenvalues.max())) ** times[:, None]) / eigenvalues
        w = (learned * (V.T @ x.T @ y / 150)) @ V.T
        out.append((((w - beta) * scale) ** 2).sum(axis=1) + 0.2**2)
    return np.mean(out, axis=0)


def bigger_models_are_worse_then_better() -> str:
    """Over width, test error falls, peaks where 100 samples can just be fitted, and falls again (§5)."""
    train, test = np.transpose([errors(100, p) for p in WIDTHS])
    at = dict(zip(WIDTHS, test, strict=True))
    assert WIDTHS[test.argmax()] == 100, f"the peak is at {WIDTHS[test.argmax()]} features"
    assert train[3] > 0.01 > train[4], f"train errors at the peak and before: {train[3]:.3f}, {train[4]:.1e}"
    assert at[40] < at[10], "no first descent"
    assert at[100] > 10 * at[60], f"the peak is only {at[100]:.1f} over {at[60]:.2f}"
    assert at[1000] < at[40], f"1,000 features: {at[1000]:.2f}; best small model: {at[40]:.2f}"
    return f"40 features {at[40]:.2f}, 100 (the threshold) {at[100]:.0f}, 1,000 {at[1000]:.2f}"


def more_data_can_hurt() -> str:
    """With 100 features, 100 samples give a far larger test error than 40, and 400 a smaller one (§7)."""
    test = {n: errors(n, 100)[1] for n in (40, 100, 400)}
    assert test[100] > 10 * test[40], f"100 samples: {test[100]:.2f}, 40 samples: {test[40]:.2f}"
    assert test[400] < test[40], f"400 samples: {test[400]:.2f}"
    return f"40 samples {test[40]:.2f}, 100 samples {test[100]:.0f}, 400 samples {test[400]:.2f}"


def a_little_ridge_removes_the_peak() -> str:
    """With a ridge of 0.1 the same widths show no peak at the threshold."""
    test = np.array([errors(100, p, ridge=0.1)[1] for p in WIDTHS])
    assert test[4] < 1.05 * test[3], f"threshold {test[4]:.2f}, before it {test[3]:.2f}"
    assert test.argmin() == len(WIDTHS) - 1, f"best width: {WIDTHS[test.argmin()]}"
    return f"60 features {test[3]:.2f}, 100 features {test[4]:.2f}, 1,000 features {test[-1]:.2f}"


def longer_training_is_worse_then_better() -> str:
    """Over training time alone, test error falls, rises by a third and falls below its first minimum (§6)."""
    test = test_error_over_time(np.logspace(0, 6, 61).astype(int))
    first = test[:25].argmin()
    peak = first + test[first:].argmax()
    assert test[0] > 1.2 * test[first], f"start {test[0]:.2f}, first minimum {test[first]:.2f}"
    assert test[peak] > 1.3 * test[first], f"first minimum {test[first]:.2f}, peak {test[peak]:.2f}"
    assert test[-1] < test[first], f"first minimum {test[first]:.2f}, end {test[-1]:.2f}"
    return f"start {test[0]:.1f}, first minimum {test[first]:.1f}, peak {test[peak]:.1f}, end {test[-1]:.2f}"


def figure(axes) -> None:
    """The peak stands where the model can just fit its samples; a little ridge removes it.

    Test error, on a log scale, over the number of random features fitted to 100 samples. Without ridge the
    curve dips a little at 40, shoots up more than a hundredfold at 100 and sinks to its lowest at 1,000. With
    ridge it falls from 20 features on and has no peak.
    """
    for ridge in (0.0, 0.1):
        axes.loglog(WIDTHS, [errors(100, p, ridge)[1] for p in WIDTHS], "o-", label=f"ridge {ridge:g}")
    axes.axvline(100, color=axes.xaxis.label.get_color(), linestyle=":", label="as many as samples")
    axes.set(xlabel="features", ylabel="test error")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
