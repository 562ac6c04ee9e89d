"""Reproducible evaluation: one model, several scores."""

import numpy as np

# log-likelihoods that a model gives to the answers of two questions, and to every piece of a text
FRUIT = {"a lemon": -9.0, "a slice of fresh lemon": -14.0}
CITY = {"Genoa": -5.6, "Zürich": -6.9}
TEXT = [["scor", "es "], ["dep", "end "], ["on ", "the "], ["tok", "en"], ["iz", "er"]]
PIECE = -3.0


def best(answers: dict[str, float], length) -> str:
    """The answer with the highest log-likelihood for its length."""
    return max(answers, key=lambda answer: answers[answer] / length(answer))


def in_bytes(text: str) -> int:
    """Length in UTF-8, which is the same for every tokenizer."""
    return len(text.encode())


def length_decides_the_answer() -> str:
    """The likeliest answer and the likeliest per byte can differ, so one model has two accuracies."""
    plain, per_byte = best(FRUIT, lambda answer: 1), best(FRUIT, in_bytes)
    assert plain == "a lemon", f"the likeliest is '{plain}'"
    assert per_byte == "a slice of fresh lemon", f"the likeliest per byte is '{per_byte}'"
    return f"acc takes '{plain}', acc_norm '{per_byte}'"


def characters_are_not_bytes() -> str:
    """Per character and per byte the choice can differ too, as soon as one letter takes two bytes."""
    per_character, per_byte = best(CITY, len), best(CITY, in_bytes)
    assert per_character == "Genoa", f"per character '{per_character}'"
    assert per_byte == "Zürich", f"per byte '{per_byte}'"
    return f"per character '{per_character}', per byte '{per_byte}'"


def perplexity_depends_on_the_tokenizer() -> str:
    """One text of one likelihood in five tokens or in ten: perplexity 403 or 20, but equal bits per byte."""
    pieces = [[piece] for word in TEXT for piece in word]
    size = sum(in_bytes(*piece) for piece in pieces)
    perplexity, bits_per_byte = [], []
    for tokens in (TEXT, pieces):
        scores = np.array([PIECE * len(token) for token in tokens])  # the chain rule: a token's pieces add up
        perplexity.append(np.exp(-scores.mean()))
        bits_per_byte.append(-scores.sum() / np.log(2) / size)
    assert np.allclose(perplexity, [403.4, 20.1], atol=0.1), f"perplexities {perplexity}"
    assert np.isclose(*bits_per_byte), f"bits per byte {bits_per_byte}"
    return f"perplexity {perplexity[0]:.0f} or {perplexity[1]:.0f}, and {bits_per_byte[0]:.2f} bits per byte"


def wrong_order(questions: int, lead: float, tests: int = 20_000) -> float:
    """How often a model at 60% ends above one that is better by the lead, on other questions of the kind."""
    rng = np.random.default_rng(0)
    better, worse = (rng.binomial(questions, p, size=tests) for p in (0.6 + lead, 0.6))
    return np.mean(better < worse)


def a_small_lead_needs_many_questions() -> str:
    """Two points of lead on 1,000 questions leave the order wrong about once in six tests (p. 6)."""
    thousand, many = wrong_order(1_000, 0.02), wrong_order(14_079, 0.02)
    assert 0.13 < thousand < 0.21, f"wrong in {thousand:.1%} of tests with 1,000 questions"
    assert many < 0.001, f"wrong in {many:.2%} of tests with 14,079 questions"
    return f"wrong in {thousand:.0%} of tests with 1,000 questions, in fewer than 0.1% with 14,079"


def figure(axes) -> None:
    """The worse of two models wins a small test surprisingly often.

    Share of tests that put two models in the wrong order, against the number of questions, 50 to 15,000 on a
    logarithmic axis, for leads of 1, 2 and 5 points. The curves start between 27 and 42 percent and fall. A
    lead of 5 points is safe from about 1,000 questions, one of 2 from 5,000, one of 1 not yet at 15,000.
    """
    questions = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000]
    for lead in (1, 2, 5):
        wrong = [100 * wrong_order(n, lead / 100) for n in questions]
        axes.plot(questions, wrong, "o-", label=f"{lead} point{'s' * (lead > 1)} apart")
    axes.set(xscale="log", xlabel="questions", ylabel="tests with the wrong order, %")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
