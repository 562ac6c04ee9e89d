"""The case for 4-bit precision: blocks, what they cost, and what the error alone does not tell."""

import numpy as np

BLOCKS = (4096, 1024, 256, 128, 64, 32, 16)


def weights(rng: np.random.Generator, n: int = 2**16, outliers: float = 0.001) -> np.ndarray:
    """Gaussian weights; a small share of them is eight times larger."""
    return rng.normal(size=n) * np.where(rng.random(n) < outliers, 8, 1)


def quantize(T: np.ndarray, k: int, B: int) -> np.ndarray:
    """Integer index of each weight: blocks of B are divided by their largest magnitude m_b (Eq. 1)."""
    blocks = T.reshape(-1, B)
    m = np.abs(blocks).max(axis=1, keepdims=True)
    return np.round(blocks / m * (2 ** (k - 1) - 1))


def squared_error(T: np.ndarray, k: int, B: int) -> float:
    """Mean squared error after dequantizing."""
    blocks = T.reshape(-1, B)
    m = np.abs(blocks).max(axis=1, keepdims=True)
    return float(np.mean((quantize(T, k, B) / (2 ** (k - 1) - 1) * m - blocks) ** 2))


def bits(k: float, B: float = np.inf, p: float = 0.0) -> float:
    """Bits per weight: k, a 16-bit constant for every B weights, and a share p kept in 16 bits."""
    return k + 16 / B + p * (16 - k)


def small_extras() -> str:
    """A block size of 64 adds 0.25 bits, 64 instead of 1024 adds 0.23, 2% of outliers add 0.24 (§5.2)."""
    block, from_1024, outliers = bits(4, 64) - 4, bits(4, 64) - bits(4, 1024), bits(4, p=0.02) - 4
    assert bits(4, 64) == 4.25, f"blocks of 64 take {bits(4, 64)} bits"
    assert abs(from_1024 - 0.234) < 5e-4, f"64 instead of 1024 adds {from_1024:.4f}"
    assert abs(outliers - 0.24) < 1e-12, f"2% of outliers add {outliers:.4f}"
    return f"{block} bits, {from_1024:.3f} bits and {outliers:.2f} bits per weight"


def equal_memory() -> str:
    """30B parameters at 8 bits and 60B at 4 take the same memory, save block constants (§1)."""
    large, small = 60 * bits(4), 30 * bits(8)
    assert large == small, f"{small} and {large} billion bits"
    excess = 60 * bits(4, 64) / (30 * bits(8, 64)) - 1
    assert 0.02 < excess < 0.04, f"with blocks of 64 the larger model takes {excess:.1%} more"
    return f"{small / 8:.0f} GB each; with blocks of 64 the larger model takes {excess:.1%} more"


def smaller_blocks_smaller_error() -> str:
    """With rare outliers in the weights the 4-bit error falls with every step to smaller blocks (§2.3)."""
    T = weights(np.random.default_rng(0))
    errors = np.array([squared_error(T, 4, B) for B in BLOCKS])
    assert (np.diff(errors) < 0).all(), f"the errors are {errors.round(4)}"
    return f"from {errors[0]:.3f} with blocks of {BLOCKS[0]} to {errors[-1]:.4f} with blocks of {BLOCKS[-1]}"


def blocks_confine_outliers() -> str:
    """Small blocks keep an outlier from emptying the levels of its neighbors (§2.3)."""
    T = weights(np.random.default_rng(0))
    used = {B: np.mean([len(set(run)) for run in quantize(T, 4, B).reshape(-1, 64)]) for B in (4096, 64)}
    assert used[4096] < 8, f"in blocks of 4096, 64 weights use {used[4096]:.1f} levels"
    assert used[64] > 12, f"in blocks of 64 they use {used[64]:.1f}"
    return f"64 neighbors use {used[4096]:.1f} of 15 levels in blocks of 4096, {used[64]:.1f} in blocks of 64"


def error_does_not_single_out_four_bits() -> str:
    """Each added bit divides the error by about the same number, at 3 bits as at 7 (compare §5.1)."""
    T = weights(np.random.default_rng(0))
    errors = np.array([squared_error(T, k, 64) for k in range(3, 9)])
    gains = errors[:-1] / errors[1:]
    assert gains.min() > 4, f"a bit divides the error by {gains.min():.2f} only"
    assert gains.max() < 5, f"a bit divides the error by up to {gains.max():.2f}"
    return f"a bit divides the error by {gains.min():.1f} to {gains.max():.1f}, from 3 to 8 bits"


def figure(axes) -> None:
    """What an extra fraction of a bit buys: squared error against bits per weight, simulated weights.

    Three falling curves, for 3, 4 and 5 bits with blocks of 4096 down to 16 weights, on a logarithmic axis.
    Each starts with a steep drop: blocks of 64 cost a quarter of a bit and lower the error more than a whole
    bit does with large blocks. The curve of 3 bits ends below the start of that of 4 bits.
    """
    T = weights(np.random.default_rng(0))
    for k in (3, 4, 5):
        errors = [squared_error(T, k, B) for B in BLOCKS]
        axes.semilogy([bits(k, B) for B in BLOCKS], errors, "o-", label=f"{k} bits")
    axes.set(xlabel="bits per weight, constants included", ylabel="mean squared error")
    axes.legend(title="blocks of 4096 to 16")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
