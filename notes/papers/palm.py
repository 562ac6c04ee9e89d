"""PaLM: its size, its tokens, how busy the chips were, and what a jump in ability is."""

import numpy as np

SIZES = {"8B": (32, 16, 4096, 8.63), "62B": (64, 32, 8192, 62.50), "540B": (118, 48, 18_432, 540.35)}
Q, T = 256, 2048  # head size and sequence length
PEAK = 6144 * 275e12  # operations a second of all TPU v4 chips
SPEED = 238_300  # tokens a second


def parameters(layers, heads, d, vocabulary=256_000):
    """Matrices only: SwiGLU of width 4d, one head of keys and values, one embedding for both ends (§2)."""
    feed_forward = 3 * d * 4 * d
    attention = 2 * d * heads * Q + 2 * d * Q
    return layers * (feed_forward + attention) + vocabulary * d


def utilization(passes=3, attention=True):
    """The share of the peak that is at work; a backward pass counts as two forward ones (App. B)."""
    L, H, d, _ = SIZES["540B"]
    forward = 2 * parameters(L, H, d) + attention * 4 * L * H * Q * T
    return passes * forward * SPEED / PEAK


def _projection():
    """A straight line in the logarithm of the size through the scores at 8B and 62B, extended to 540B."""
    small, middle, large = np.log([size for *_, size in SIZES.values()])
    return 25 + (25 - 13) * (large - middle) / (middle - small)


def hyperparameters_give_the_sizes() -> str:
    """The hyperparameters of Table 1 give 8.63, 62.50 and 540.35 billion parameters."""
    counts = {name: parameters(*shape) for name, (*shape, _) in SIZES.items()}
    for name, (*_, printed) in SIZES.items():
        assert round(counts[name] / 1e9, 2) == printed, f"{name} has {counts[name]:,}"
    return ", ".join(f"{name}: {count:,}" for name, count in counts.items())


def batches_make_one_epoch() -> str:
    """The schedule of batch sizes adds up to 776 billion tokens, the 780 of the data set (§5)."""
    steps, sequences = np.diff([0, 50_000, 115_000, 255_000]), np.array([512, 1024, 2048])
    tokens = int((steps * sequences).sum()) * T
    assert round(tokens / 1e9) == 776, f"{tokens:,} tokens"
    assert abs(tokens / 780e9 - 1) < 0.01, f"{tokens:,} tokens are not one epoch"
    return f"{tokens:,} tokens"


def chips_work_46_percent() -> str:
    """238.3K tokens a second use 46.2% of the peak, 45.7% without attention (§4.1, App. B)."""
    full, without = utilization(), utilization(attention=False)
    assert abs(full - 0.462) < 0.001, f"with attention {full:.2%}"
    assert abs(without - 0.457) < 0.001, f"without attention {without:.2%}"
    return f"{full:.2%}, without attention {without:.2%}"


def repeated_work_is_the_rest() -> str:
    """57.8% fits three quarters of the forward pass done twice; doing it all twice gives 61.6% (§4.1)."""
    model, most = utilization(), utilization(passes=4)
    share = (0.578 - model) / (most - model)
    assert round(most, 3) == 0.616, f"with a whole second forward pass {most:.1%}"
    assert abs(share - 0.75) < 0.01, f"{share:.0%} of a forward pass"
    return f"{model:.1%} needed, {most:.1%} at most; 57.8% is {share:.0%} of the way"


def jump_is_fifty_points() -> str:
    """Logical_sequence scores 13, 25 and 87; a line through the first two leads to about 37 (§6.2)."""
    expected = _projection()
    assert abs(expected - 37) < 1.5, f"the line leads to {expected:.1f}"
    assert abs(87 - expected - 50) < 1.5, f"the jump is {87 - expected:.1f}"
    return f"the line leads to {expected:.1f}, the jump is {87 - expected:.1f} points"


def figure(axes) -> None:
    """On the task logical_sequence the largest PaLM is some fifty points above the line of the other two.

    Score against parameters on a logarithmic axis. 8B scores 13, 62B 25 and 540B 87. A dashed line through
    the first two points reaches only 38 at 540B.
    """
    sizes = [size for *_, size in SIZES.values()]
    axes.plot(sizes, [13, 25, 87], "C0o-", label="measured")
    axes.plot(sizes, [13, 25, _projection()], "C1--", label="line through the first two")
    axes.set_xscale("log")
    axes.set_xticks(sizes, SIZES)
    axes.set_xticks([], minor=True)
    axes.set(xlabel="parameters", ylabel="score, normalized, in %", ylim=(0, 100))
    axes.legend(loc="upper left")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
