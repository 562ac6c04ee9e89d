"""QLoRA: the levels of NF4, their error, and the price of the scales."""

from statistics import NormalDist

import numpy as np

PUBLISHED = np.r_[  # App. E, to eight digits
    [-1, -0.69619280, -0.52507305, -0.39491749, -0.28444138, -0.18477343, -0.09105004, 0],
    [0.07958030, 0.16093020, 0.24611230, 0.33791524, 0.44070983, 0.56261700, 0.72295684, 1],
]
TABLE_4 = {  # five-shot MMLU: LLaMA 7B, 13B, 33B and 65B, each on Alpaca and on FLAN v2
    "BFloat16": [38.4, 45.6, 47.2, 50.6, 57.7, 60.5, 61.8, 62.5],
    "Float4": [37.2, 44.0, 47.3, 50.0, 55.9, 58.5, 61.3, 63.3],
    "NFloat4 + DQ": [39.0, 44.5, 47.5, 50.7, 57.3, 59.2, 61.8, 63.9],
}


def nf4(cut: float = (1 - 1 / 32 + 1 - 1 / 30) / 2) -> np.ndarray:
    """Eight normal quantiles above zero, seven below and an exact zero; the tails are cut at 0.9677083."""
    quantile = NormalDist().inv_cdf
    above = [quantile(p) for p in np.linspace(cut, 0.5, 9)[:-1]]
    below = [-quantile(p) for p in np.linspace(cut, 0.5, 8)[:-1]]
    levels = np.sort([*below, 0.0, *above])
    return levels / levels.max()


def float4(magnitudes: list[float]) -> np.ndarray:
    """A sign bit and eight magnitudes, scaled to [-1, 1]."""
    return np.unique(np.concatenate([magnitudes, np.negative(magnitudes)])) / max(magnitudes)


def quantize(w: np.ndarray, levels: np.ndarray, block: int = 64) -> tuple[np.ndarray, float]:
    """How often each level is used, and the mean squared error; each block is divided by its maximum."""
    blocks = w.reshape(-1, block)
    m = np.abs(blocks).max(axis=1, keepdims=True)
    index = np.searchsorted((levels[1:] + levels[:-1]) / 2, blocks / m)
    use = np.bincount(index.ravel(), minlength=len(levels)) / w.size
    return use, np.mean((levels[index] * m - blocks) ** 2)


def nf4_from_normal_quantiles() -> str:
    """The published levels of NF4 follow from the quantiles of the normal distribution (Eq. 4, App. E)."""
    gap = np.abs(nf4() - PUBLISHED).max()
    assert gap < 1e-6, f"a level differs by {gap:.1e}"
    return "16 levels rebuilt to within 1e-6"


def double_quantization() -> str:
    """With 8-bit constants and a 32-bit one for 256 of them, the scales take 0.127 bits, not 0.5 (§3)."""
    plain, double = 32 / 64, 8 / 64 + 32 / (64 * 256)
    saved = 65.2e9 * (plain - double) / 8 / 1e9
    assert abs(plain - double - 0.373) < 5e-4, f"it saves {plain - double:.4f} bits"
    assert 2.9 < saved < 3.1, f"at 65B it saves {saved:.2f} GB"
    return f"{plain} - {double:.4f} = {plain - double:.4f} bits a weight, {saved:.2f} GB for 65.2 billion"


def error_ranks_the_formats() -> str:
    """On normal weights the squared error rises from NF4 to int4, E2M1 and E3M0 (compare Table 2)."""
    w = np.random.default_rng(0).normal(size=2**18)
    formats = {
        "NF4": nf4(),
        "int4": np.arange(-8, 8) / 8,
        "E2M1": float4([0, 0.5, 1, 1.5, 2, 3, 4, 6]),
        "E3M0": float4([0, 0.25, 0.5, 1, 2, 4, 8, 16]),
    }
    errors = {name: quantize(w, levels)[1] for name, levels in formats.items()}
    assert np.all(np.diff(list(errors.values())) > 1e-3), f"the errors are {errors}"
    return ", ".join(f"{name} {error:.4f}" for name, error in errors.items())


def levels_are_used_unequally() -> str:
    """After division by the block's maximum the 16 levels are not used equally often (§3)."""
    use = quantize(np.random.default_rng(0).normal(size=2**18), nf4())[0]
    assert use.min() < 0.02, f"the rarest level has {use.min():.1%}"
    assert use.max() > 0.09, f"the commonest level has {use.max():.1%}"
    return f"{use.min():.1%} to {use.max():.1%}; equal use would be 6.25%"


def means_of_table_4() -> str:
    """By its rows NF4 with double quantization is level with 16 bits, 4-bit floats are below (Table 4)."""
    bf16, fp4, nf = (np.mean(row) for row in TABLE_4.values())
    assert abs(nf - bf16) < 0.1, f"NF4 has {nf:.2f}, BFloat16 {bf16:.2f}"
    assert bf16 - fp4 > 0.8, f"Float4 has {fp4:.2f}, BFloat16 {bf16:.2f}"
    return f"BFloat16 {bf16:.2f}, Float4 {fp4:.2f}, NF4 {nf:.2f} (printed: 53.0, 52.2, 53.1)"


def figure(axes) -> None:
    """How often each level of NF4 is used by normal weights in blocks of 64.

    Sixteen bars at the levels from -1 to 1, close together near zero and farther apart outside. The bars near
    zero reach 9.2%, the outermost two stay below 2%. A horizontal line marks equal use, 6.25%.
    """
    use = 100 * quantize(np.random.default_rng(0).normal(size=2**18), nf4())[0]
    axes.bar(nf4(), use, width=0.05)
    axes.axhline(100 / 16, color="C1", label="equal use")
    axes.set(xlabel="level", ylabel="share of the weights (%)", ylim=(0, 11.5))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
