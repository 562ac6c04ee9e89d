"""Gemini: what routing by consensus adds to a vote, and when it adds nothing."""

import numpy as np

MIXTURE = {"clear": 0.79, "greedy_clear": 0.925, "greedy_muddled": 0.53}  # lands near App. 10.2's numbers


def answers(clear: float, greedy_clear: float, greedy_muddled: float, n: int = 40_000, k: int = 32):
    """For each four-way question: the vote's share, and whether the vote and the greedy answer are right.

    Of a clear question a sampled chain is right with probability 0.75; on a muddled one it guesses.
    """
    rng = np.random.default_rng(0)
    muddled = rng.random(n) >= clear
    right = np.where(muddled, 0.25, 0.75)
    wrong = (1 - right) / 3
    votes = rng.multinomial(k, np.stack([right, wrong, wrong, wrong], axis=1))
    top = (votes + rng.random(votes.shape) / 2).argmax(axis=1)  # ties are broken at random
    greedy = rng.random(n) < np.where(muddled, greedy_muddled, greedy_clear)
    return votes.max(axis=1) / k, top == 0, greedy


def routed(share, vote, greedy, tau: float) -> float:
    """Accuracy of the vote where its share reaches the threshold tau, and of the greedy answer elsewhere."""
    return np.where(share >= tau, vote, greedy).mean()


def three_ways(questions) -> tuple[float, float, float]:
    """Accuracy of greedy, vote and routing on every second question; tau is chosen on the others."""
    tau = max(np.arange(33) / 32, key=lambda t: routed(*(part[::2] for part in questions), t))
    share, vote, greedy = (part[1::2] for part in questions)
    return greedy.mean(), vote.mean(), routed(share, vote, greedy, tau)


def routing_beats_vote_and_greedy() -> str:
    """Routing beats vote and greedy answer if the vote is the worse one where chains disagree (App. 10.2)."""
    greedy, vote, both = three_ways(answers(**MIXTURE))
    assert both > max(greedy, vote) + 0.03, f"{greedy:.3f}, {vote:.3f} and routed {both:.3f}"
    return f"greedy {greedy:.1%}, vote of 32 chains {vote:.1%}, routed {both:.1%}"


def routing_needs_a_better_fallback() -> str:
    """Without muddled questions, or with greedy guessing on them too, routing adds nothing (App. 10.2)."""
    for change in ({"greedy_muddled": 0.25}, {"clear": 1.0}):
        _, vote, both = three_ways(answers(**(MIXTURE | change)))
        assert both - vote < 0.005, f"with {change} routing gains {both - vote:.3f}"
    return "in either case less than half a point over the vote"


def one_column_does_not_average() -> str:
    """With 30 questions a subject, two columns of Table 8 average to the overall figure, Maj@32 does not."""
    subjects = np.array([4, 5, 5, 5, 4, 7])  # art, business, science, health, humanities, technology
    maj32 = subjects @ [74.2, 62.7, 49.3, 71.3, 78.3, 53.0] / 30
    ultra = subjects @ [70.0, 56.7, 48.0, 67.3, 78.3, 47.1] / 30
    gpt4v = subjects @ [65.8, 59.3, 54.7, 64.7, 72.5, 36.7] / 30
    assert abs(ultra - 59.4) < 0.06, f"one answer: {ultra:.2f}"
    assert abs(gpt4v - 56.8) < 0.06, f"GPT-4V: {gpt4v:.2f}"
    assert maj32 - 62.4 > 0.5, f"vote of 32: {maj32:.2f}"
    return f"one answer {ultra:.1f} and GPT-4V {gpt4v:.1f} as printed; vote of 32 {maj32:.1f}, not 62.4"


def figure(axes) -> None:
    """A consensus threshold helps only if the greedy answer is better where chains disagree.

    Accuracy against the threshold on the vote's share, from 0.25 (always the vote, 84 percent) to above 1
    (always greedy). If greedy is better on muddled questions the curve rises to a flat top of 90 percent near
    0.5 and falls back to 84 percent; if greedy is a guess there it never rises, and ends at 78 percent.
    """
    taus = np.arange(8, 34) / 32
    for guess, label in ((0.53, "greedy better where chains disagree"), (0.25, "greedy a guess there")):
        questions = answers(**(MIXTURE | {"greedy_muddled": guess}))
        axes.plot(taus, [100 * routed(*questions, tau) for tau in taus], label=label)
    axes.set(xlabel="threshold on the share of the most frequent answer", ylabel="accuracy, %")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
