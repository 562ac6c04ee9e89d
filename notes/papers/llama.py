"""LLaMA: what its table of models implies, and why a small model is trained for so long."""

import numpy as np

# Table 1: CommonCrawl, C4, Github, Wikipedia, Books, ArXiv, StackExchange
SHARE = np.array([67.0, 15.0, 4.5, 4.5, 4.5, 2.5, 2.0])
EPOCHS = np.array([1.10, 1.06, 0.64, 2.45, 2.23, 1.06, 1.03])
GPUS, POWER, PUE = 2048, 400, 1.1  # watts for one A100; overhead of the data center


def _parameters(d: int, layers: int, vocabulary: int = 32_000) -> int:
    m = -(-int(8 * d / 3) // 256) * 256  # the width 2/3 · 4d, rounded up to a multiple of 256
    attention, feed_forward, norms = 4 * d**2, 3 * d * m, 2 * d
    return 2 * vocabulary * d + layers * (attention + feed_forward + norms) + d


def table_2_follows_from_the_layers() -> str:
    """Widths and depths of Table 2 give 6.738, 13.016, 32.529 and 65.286 billion parameters."""
    shapes = [(4096, 32), (5120, 40), (6656, 60), (8192, 80)]
    counts = [_parameters(d, layers) for d, layers in shapes]
    billions = [round(count / 1e9, 3) for count in counts]
    assert billions == [6.738, 13.016, 32.529, 65.286], f"counted {billions}"
    return ", ".join(f"{count:,}" for count in counts)


def training_takes_21_days() -> str:
    """The quoted speed (§2.4) and the billed hours (Table 15) both make it about 21 days."""
    from_speed = 1.4e12 / (380 * GPUS) / 86_400
    from_hours = 1_022_362 / GPUS / 24
    assert abs(from_speed - 21) < 0.5, f"{from_speed:.2f} days by speed"
    assert abs(from_hours - from_speed) < 0.1, f"{from_hours:.2f} days by GPU hours"
    return f"{from_speed:.1f} days by speed, {from_hours:.1f} by GPU hours"


def energy_of_development_is_four_months() -> str:
    """By the formula of §6, 65B took 449 MWh, and 2,638 MWh last 2048 GPUs four months, not five."""
    gpu_hour = POWER * PUE / 1e6  # MWh
    largest, months = 1_022_362 * gpu_hour, 2_638 / (GPUS * gpu_hour) / 24 / 30.4
    assert abs(largest - 449) < 2, f"65B took {largest:.1f} MWh"
    assert 3.9 < months < 4.1, f"{months:.2f} months"
    return f"65B: {largest:.1f} MWh; development: {months:.1f} months of every GPU at full power"


def distinct_tokens_are_fewer_than_tokens_read() -> str:
    """By Table 1 the data set holds 1.26T distinct tokens, and 1.23T of them are among the 1.4T read."""
    assert SHARE.sum() == 100, f"the shares sum to {SHARE.sum()}"
    read = 1.4 * SHARE / 100
    held = read / EPOCHS
    seen = np.minimum(read, held)  # after 0.64 epochs a part of GitHub is still unread
    assert abs(held.sum() - 1.263) < 0.002, f"the set holds {held.sum():.3f}T"
    assert abs(seen.sum() - 1.228) < 0.002, f"{seen.sum():.3f}T were seen"
    return f"{held.sum():.2f}T held, {seen.sum():.2f}T seen"


def _loss(N, D):
    return 1.69 + 406.4 / N**0.34 + 410.7 / D**0.28  # Hoffmann et al. (2022), fitted to their own models


def _cheapest_equal(N: float, D: float) -> tuple[float, float]:
    """The model and number of tokens that reach the same loss with the least training compute."""
    sizes = np.geomspace(N / 3, 10 * N, 20_000)
    room = _loss(N, D) - 1.69 - 406.4 / sizes**0.34
    sizes, room = sizes[room > 0], room[room > 0]
    tokens = (410.7 / room) ** (1 / 0.28)
    best = np.argmin(sizes * tokens)
    return sizes[best], tokens[best]


def a_smaller_model_pays_off_in_use() -> str:
    """Beside the training optimum of equal predicted loss, 6.7B on 1T tokens pays off in use (§1)."""
    N, D = 6.7e9, 1.0e12
    N_opt, D_opt = _cheapest_equal(N, D)
    assert abs(_loss(N, D) - _loss(N_opt, D_opt)) < 1e-9, "the two models differ in predicted loss"
    extra = N * D / (N_opt * D_opt) - 1
    break_even = 6 * (N * D - N_opt * D_opt) / (2 * (N_opt - N))
    assert 0.03 < extra < 0.06, f"{extra:.3f} more to train"
    assert 1.35 < N_opt / N < 1.5, f"the optimum has {N_opt:.2e} parameters"
    assert 0.2e12 < break_even < 0.4e12, f"even after {break_even:.2e} tokens"
    return f"{extra:.0%} more to train than {N_opt / 1e9:.1f}B, even after {break_even / 1e12:.1f}T tokens"


def figure(axes) -> None:
    """Of two models with the same predicted loss, the smaller costs more to train and less to use.

    Two rising lines over the number of tokens generated: total compute, training included, for
    6.7 billion parameters trained on 1.0T tokens and for the training optimum of about 9.5 billion.
    The smaller model starts slightly higher, crosses at about 0.3T tokens and is clearly lower at 3T.
    """
    used = np.linspace(0, 3e12, 50)
    for N, D in [(6.7e9, 1.0e12), _cheapest_equal(6.7e9, 1.0e12)]:
        axes.plot(
            used / 1e12,
            (6 * N * D + 2 * N * used) / 1e22,
            label=f"{N / 1e9:.1f}B parameters, {D / 1e12:.2f}T tokens",
        )
    axes.set(xlabel="tokens generated (trillions)", ylabel="total compute ($10^{22}$ FLOPs)", ylim=(0, None))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
