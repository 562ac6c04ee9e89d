"""MMLU: how many questions there are, and how far chance alone reaches."""

import numpy as np

SUBJECTS, VALIDATION, TEST, STATED = 57, 1_540, 14_079, 15_908


def half_width(accuracy: float, questions: int) -> float:
    """Half the width of a 95% interval for an accuracy, from simulated tests."""
    rng = np.random.default_rng(0)
    low, high = np.quantile(rng.binomial(questions, accuracy, size=100_000) / questions, [0.025, 0.975])
    return (high - low) / 2


def guesser(tests: int) -> np.ndarray:
    """Accuracies, test by test, of a model that guesses in 57 subjects of 100 four-way questions each."""
    rng = np.random.default_rng(0)
    return rng.binomial(100, 1 / 4, size=(tests, SUBJECTS)) / 100


def parts_fall_short_of_the_total() -> str:
    """Five examples in each of 57 subjects, validation and test are four short of the stated total (p. 3)."""
    parts = SUBJECTS * 5 + VALIDATION + TEST
    assert parts == 15_904, f"the parts make {parts:,}"
    assert STATED - parts == 4, f"{STATED - parts} questions are missing"
    return f"{SUBJECTS * 5} + {VALIDATION:,} + {TEST:,} = {parts:,}, not {STATED:,}"


def whole_test_is_sharp_a_subject_is_not() -> str:
    """At 43.9% the 95% interval is ±0.8 points on the whole test and about ±10 on 100 questions (Table 1)."""
    whole, subject = half_width(0.439, TEST), half_width(0.439, 100)
    assert whole < 0.01, f"whole test ±{whole:.2%}"
    assert 0.09 < subject < 0.105, f"one subject ±{subject:.2%}"
    return f"±{whole:.1%} on {TEST:,} questions, ±{subject:.0%} on 100"


def guessing_looks_like_knowledge() -> str:
    """A guesser's best of 57 subjects is usually near 35%: above GPT-3's worst, far below its best (p. 6)."""
    best = guesser(10_000).max(axis=1)
    assert 0.34 < np.median(best) < 0.37, f"the best subject is typically {np.median(best):.0%}"
    assert best.min() > 0.26, f"once no subject was above {best.min():.0%}"
    assert best.max() < 0.69, f"once the best subject was {best.max():.0%}"
    return f"the best subject: typically {np.median(best):.0%}, at most {best.max():.0%} in 10,000 tests"


def expert_line_is_within_chance() -> str:
    """A score of 90.04% on the test cannot be told from the 89.8% estimated for experts (p. 3)."""
    width, lead = half_width(0.9004, TEST), 0.9004 - 0.898
    assert lead < width, f"the lead of {lead:.2%} exceeds ±{width:.2%}"
    return f"a lead of {100 * lead:.2f} points; the 95% interval is ±{100 * width:.1f}"


def figure(axes) -> None:
    """Guessing spreads over 57 subjects: GPT-3's worst subject is within that spread, its best far outside.

    Dots, sorted: one guesser's accuracy in 57 subjects of 100 questions, from about 14 to 37 percent, around
    the line of chance at 25. Two dashed lines are GPT-3's worst subject, 26 percent, and its best, 69.
    """
    axes.plot(
        range(1, SUBJECTS + 1), 100 * np.sort(guesser(1)[0]), "o", ms=4, label="a guesser's 57 subjects"
    )
    axes.axhline(25, color="C1", lw=1, label="chance")
    for accuracy, name in ((26, "GPT-3, College Chemistry"), (69, "GPT-3, US Foreign Policy")):
        axes.axhline(accuracy, color="C2", lw=1, ls="--")
        axes.text(1, accuracy + 1.5, name, color="C2")
    axes.set(xlabel="subject, sorted", ylabel="accuracy, %", ylim=(0, 80))
    axes.legend(loc="center right")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
