"""RouteLLM: call-performance curves, and what the savings in its tables are measured against."""

import numpy as np

# Tables 1 to 3, per benchmark at CPT(50%) and CPT(80%): random routing, the best router, the ratio of Table 6
CALLS = {
    "MT Bench": [(49.03, 13.40, 3.66), (78.08, 31.31, 2.49)],
    "MMLU": [(50.07, 35.40, 1.41), (79.93, 70.31, 1.14)],
    "GSM8K": [(50.00, 33.64, 1.49), (80.08, 63.26, 1.27)],
}
PRICE_WEAK, PRICE_STRONG = 0.24, 24.7  # dollars per million tokens (§5.4)


def savings_are_against_random_routing() -> str:
    """The savings of Table 6, headed "over GPT-4", divide a random router's calls by the best router's."""
    for benchmark, columns in CALLS.items():
        for random, best, printed in columns:
            assert abs(random / best - printed) < 0.006, f"{benchmark}: {random / best:.3f}, not {printed}"
    return f"49.03 / 13.40 = {49.03 / 13.40:.2f}, and so for the other five"


def eighty_five_percent_is_against_gpt_4_alone() -> str:
    """With 13.40% of calls on GPT-4 the bill is 85.8% below that of GPT-4 alone, at the prices of §5.4."""
    share = CALLS["MT Bench"][0][1] / 100
    bill = share + (1 - share) * PRICE_WEAK / PRICE_STRONG
    assert abs(1 - bill - 0.858) < 0.001, f"{1 - bill:.4f} saved"
    return f"{1 - bill:.1%} saved, a factor of {1 / bill:.1f}"


def the_weak_model_alone_has_89_percent() -> str:
    """Half the gap is 8.8 of GPT-4's 9.3 on MT Bench, which puts the weak model at 8.3 (Table 1)."""
    strong, middle = 9.3, 8.8
    weak = strong - 2 * (strong - middle)
    assert abs(middle / strong - 0.95) < 0.005, f"{middle / strong:.3f}"
    assert abs(weak / strong - 0.89) < 0.005, f"{weak / strong:.3f}"
    return f"weak {weak:.1f} ({weak / strong:.0%}), half the gap {middle} ({middle / strong:.0%})"


def _answers(n: int = 20_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Difficulty of n queries, and whether the weak and the strong model answer them rightly."""
    rng = np.random.default_rng(0)
    difficulty = rng.normal(size=n)
    right = [rng.random(n) < 1 / (1 + np.exp(difficulty - ability)) for ability in (0.5, 2.0)]
    return difficulty, right[0], right[1]


def _recovered(score: np.ndarray, weak: np.ndarray, strong: np.ndarray) -> np.ndarray:
    """PGR as the share of calls to the strong model grows from 0 to 1, highest scores first."""
    gain = (strong.astype(float) - weak)[np.argsort(-score)]
    return np.concatenate([[0], np.cumsum(gain)]) / gain.sum()


def _routers() -> dict[str, np.ndarray]:
    difficulty, weak, strong = _answers()
    noise = np.random.default_rng(1).normal(size=len(difficulty))
    best = strong.astype(float) - weak + 1e-3 * noise
    scores = {"knows both answers": best, "sees the difficulty": difficulty, "random": noise}
    return {name: _recovered(score, weak, strong) for name, score in scores.items()}


def random_routing_recovers_half_the_gap() -> str:
    """A random router has an APGR of 0.5, one that sees the difficulty more, and a lower CPT(50%) (§3.2)."""
    curves = _routers()
    random, informed = curves["random"], curves["sees the difficulty"]
    assert abs(random.mean() - 0.5) < 0.03, f"APGR of random routing {random.mean():.3f}"
    assert informed.mean() > random.mean() + 0.05, f"APGR {informed.mean():.3f}"
    threshold = np.argmax(informed >= 0.5) / len(informed)
    assert threshold < 0.45, f"CPT(50%) {threshold:.1%}"
    assert abs(0.802 / 0.500 - 1 - 0.604) < 1e-9, "Table 1 has an improvement of 60.4%"
    return f"APGR {random.mean():.2f} and {informed.mean():.2f}; CPT(50%) falls to {threshold:.0%}"


def a_perfect_router_beats_the_strong_model() -> str:
    """Used only where it helps, the strong model recovers more than the whole gap with fewer calls (§3.2)."""
    perfect = _routers()["knows both answers"]
    calls = np.argmax(perfect >= 1) / len(perfect)
    assert perfect.max() > 1.2, f"at most {perfect.max():.2f}"
    assert calls < 0.3, f"the whole gap takes {calls:.0%} of calls"
    return f"up to {perfect.max():.2f} of the gap, the whole of it with {calls:.0%} of calls"


def figure(axes) -> None:
    """How much of the quality gap is recovered as more calls go to the strong model.

    Three curves from zero to one over the share of calls. Random routing is the diagonal. A router that
    sees the difficulty of a query lies above it. One that knows both answers rises steeply past one,
    stays level where the choice does not matter, and falls back to one at the end.
    """
    for name, curve in _routers().items():
        axes.plot(np.linspace(0, 1, len(curve))[::50], curve[::50], label=name)
    axes.set(xlabel="share of calls to the strong model", ylabel="share of the gap recovered")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
