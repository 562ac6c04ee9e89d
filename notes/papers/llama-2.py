"""Llama 2: what shared key-value heads save, and four tables worked out again."""

import numpy as np

GIB = 2**30


def _cache_bytes_per_token(layers: int, key_value_heads: int, head_size: int = 128) -> int:
    keys_and_values, bytes_each = 2, 2  # 16-bit numbers
    return keys_and_values * layers * key_value_heads * head_size * bytes_each


def grouped_heads_shrink_the_cache_eightfold() -> str:
    """Eight key-value heads, not 64, take 70B's cache at 4096 tokens from 10 to 1.25 GiB (App. A.2.1)."""
    grouped, full = _cache_bytes_per_token(80, 8), _cache_bytes_per_token(80, 64)
    assert (grouped, full) == (327_680, 2_621_440), f"{grouped:,} and {full:,} bytes per token"
    assert (4096 * grouped / GIB, 4096 * full / GIB) == (1.25, 10.0), "cache at 4096 tokens"
    return f"{grouped:,} instead of {full:,} bytes per token"


def _parameters(d: int, layers: int, key_value_heads: int, m: int, heads: int = 64) -> int:
    attention = 2 * d * d + 2 * d * (d // heads) * key_value_heads
    return 2 * 32_000 * d + layers * (attention + 3 * d * m + 2 * d) + d


def wider_layers_outweigh_the_shared_heads() -> str:
    """The 70B model has 68,976,648,192 parameters, 3.7 billion more than LLaMA-65B (§2.2, App. A.2.1)."""
    narrow, wide = 22_016, 7 * 4096  # 2/3 · 4d, rounded up to a multiple of 256; 1.3 times that, of 4096
    assert abs(wide / narrow - 1.3) < 0.01, f"{wide / narrow:.3f} times wider"
    llama_1 = _parameters(8192, 80, key_value_heads=64, m=narrow)
    llama_2 = _parameters(8192, 80, key_value_heads=8, m=wide)
    assert llama_2 == 68_976_648_192, f"counted {llama_2:,}"
    assert round((llama_2 - llama_1) / 1e9, 1) == 3.7, f"{llama_2 - llama_1:,} more"
    return f"{llama_2:,}, against {llama_1:,}"


def carbon_rows_are_cut_off_not_rounded() -> str:
    """The rows of Table 2 are hours × power × 1.1 × 0.385, cut to hundredths, and miss the total by 0.02."""
    hours = np.array([184_320, 368_640, 1_038_336, 1_720_320])
    kilowatts = np.array([0.4, 0.4, 0.35, 0.4])
    tonnes = hours * kilowatts * 1.1 * 0.385 / 1000
    rows = np.floor(100 * tonnes) / 100
    assert hours.sum() == 3_311_616, f"{hours.sum():,} GPU hours"
    assert rows.tolist() == [31.22, 62.44, 153.90, 291.42], f"rows {rows}"
    assert (round(tonnes.sum(), 2), round(rows.sum(), 2)) == (539.00, 538.98), f"{tonnes.sum()}, {rows.sum()}"
    return f"the rows sum to {rows.sum():.2f}, uncut to {tonnes.sum():.2f}"


def two_math_scores_are_not_averages() -> str:
    """Table 3 averages GSM8K and MATH for 34B and 70B, but prints GSM8K alone for 7B and 13B."""
    gsm8k, math = np.array([14.6, 28.7, 42.2, 56.8]), np.array([2.5, 3.9, 6.24, 13.5])  # Table 25
    printed, average = np.array([14.6, 28.7, 24.2, 35.2]), (gsm8k + math) / 2
    averaged = np.abs(printed - average) < 0.06
    assert averaged.tolist() == [False, False, True, True], f"averages {average}"
    assert (printed[~averaged] == gsm8k[~averaged]).all(), "the other two are not GSM8K alone"
    return f"the averages are {average[0]:.2f} for 7B and {average[1]:.1f} for 13B"


def _best_and_median(samples: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean over prompts of the highest and the median reward among the first K samples, K = 1, 2, ..."""
    rewards = np.random.default_rng(0).normal(size=(2_000, samples))
    best = np.maximum.accumulate(rewards, axis=1).mean(axis=0)
    median = np.array([np.median(rewards[:, :K], axis=1).mean() for K in range(1, samples + 1)])
    return best, median


def the_best_of_k_rises_and_the_median_does_not() -> str:
    """More samples per prompt raise the best reward, ever more slowly, and leave the median (Figure 7)."""
    best, median = _best_and_median(100)
    assert np.abs(median).max() < 0.06, f"the median moves by {np.abs(median).max():.2f}"
    assert 1.45 < best[9] < 1.63, f"best of 10: {best[9]:.2f} deviations"
    assert 0.9 < best[99] - best[9] < 1.05, f"90 more samples add {best[99] - best[9]:.2f}"
    return f"best of 10: {best[9]:.1f} standard deviations above the mean, best of 100: {best[99]:.1f}"


def figure(axes) -> None:
    """With more samples per prompt the best reward rises, ever more slowly; the median stays.

    Two curves over the number of samples on a logarithmic axis, for normally distributed rewards. The
    best reward climbs from 0 to about 2.5 standard deviations at 100 samples; the median stays at 0.
    """
    best, median = _best_and_median(100)
    K = np.arange(1, 101)
    axes.semilogx(K, best, label="best of K, which rejection sampling trains on")
    axes.semilogx(K, median, label="median of K")
    axes.set(xlabel="samples per prompt, K", ylabel="reward (standard deviations)")
    axes.legend(loc="upper left")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
