"""MMMU: which of its totals follow from their parts, and how much thirty questions can say."""

import numpy as np

# accuracy on easy, medium and hard test questions, then the printed overall figure (Table 3)
DIFFICULTY = np.array([2_946, 4_917, 2_637])
BY_DIFFICULTY = {
    "GPT-4V": ([76.1, 55.6, 31.2], 55.7),
    "BLIP-2 FLAN-T5-XXL": ([41.0, 32.7, 28.5], 34.0),
    "LLaVA-1.5-13B": ([41.3, 32.7, 26.7], 33.6),
    "InstructBLIP-T5-XXL": ([40.3, 32.3, 29.4], 33.8),
    "Qwen-VL-7B": ([39.4, 31.9, 27.6], 32.9),
    "Fuyu-8B": ([28.9, 27.0, 26.4], 27.4),
}
# the six disciplines of the test set, and GPT-4V's accuracy in each (Table 2)
DISCIPLINES = np.array([1_163, 1_428, 2_426, 1_752, 947, 2_784])
GPT4V_BY_DISCIPLINE = [65.3, 64.3, 48.4, 63.5, 76.3, 41.7]


def overall(accuracies: list[float], questions: np.ndarray) -> float:
    """Micro-average: every question counts the same."""
    return questions @ accuracies / questions.sum()


def half_width(accuracy: float, questions: int) -> float:
    """Half the width of a 95% interval for an accuracy, from simulated tests."""
    rng = np.random.default_rng(0)
    low, high = np.quantile(rng.binomial(questions, accuracy, size=100_000) / questions, [0.025, 0.975])
    return (high - low) / 2


def splits_make_the_total() -> str:
    """Five and thirty questions in each of 30 subjects and the test set make 11,550 (Table 1)."""
    development, validation, test = 30 * 5, 30 * 30, DISCIPLINES.sum()
    assert test == DIFFICULTY.sum() == 10_500, f"{test:,} by discipline, {DIFFICULTY.sum():,} by difficulty"
    total = development + validation + test
    assert total == 10_861 + 689 == 11_550, (
        f"{total:,}; multiple-choice and open questions make {10_861 + 689:,}"
    )
    return f"{development} + {validation} + {test:,} = {total:,}"


def one_row_of_difficulties_does_not_average() -> str:
    """Table 3's rows average to their totals, except GPT-4V's; its disciplines in Table 2 do give 55.7."""
    gaps = {name: printed - overall(row, DIFFICULTY) for name, (row, printed) in BY_DIFFICULTY.items()}
    gap = gaps.pop("GPT-4V")
    assert max(map(abs, gaps.values())) < 0.06, f"other rows miss as well: {gaps}"
    assert gap > 0.4, f"GPT-4V's row misses by {gap:.2f} only"
    disciplines = overall(GPT4V_BY_DISCIPLINE, DISCIPLINES)
    assert abs(disciplines - 55.7) < 0.06, f"the disciplines give {disciplines:.2f}"
    return f"GPT-4V: {55.7 - gap:.1f} by difficulty, {disciplines:.1f} by discipline; the other rows fit"


def thirty_questions_say_little() -> str:
    """At 56.8% the 95% interval is ±3 points on 900 questions and about ±17 on a subject's 30 (Table 2)."""
    whole, subject = half_width(0.568, 900), half_width(0.568, 30)
    assert 0.03 < whole < 0.035, f"validation set ±{whole:.1%}"
    assert 0.15 < subject < 0.2, f"one subject ±{subject:.1%}"
    return f"±{whole:.1%} on 900 questions, ±{subject:.0%} on 30"


def figure(axes) -> None:
    """GPT-4V's lead is large on easy questions and nearly gone on hard ones.

    Accuracy of six models on the easy, medium and hard test questions. GPT-4V falls from 76 to 56 to 31
    percent, four open models from about 40 to between 27 and 29; Fuyu-8B stays between 29 and 26. A dashed
    line is random choice, at 24 percent.
    """
    for i, (name, (row, _)) in enumerate(BY_DIFFICULTY.items()):
        label = name if i == 0 else "five open models" if i == 1 else None
        axes.plot(["easy", "medium", "hard"], row, "o-", color="C0" if i == 0 else "C1", label=label)
    axes.axhline(23.9, color="C2", ls="--", label="random choice")
    axes.set(ylabel="accuracy, %", ylim=(0, 80))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
