"""DeepSeek-R1: the group-relative update, its penalty and its clip, and what a vote adds."""

import numpy as np


def _advantages(rewards: np.ndarray) -> np.ndarray:
    """Eq. 3; a group without any spread has nothing to compare and gets zero."""
    spread = rewards.std(axis=-1, keepdims=True)
    return (rewards - rewards.mean(axis=-1, keepdims=True)) / np.where(spread > 0, spread, 1)


def a_rare_right_answer_weighs_most() -> str:
    """Advantages have mean 0 and deviation 1: the only right answer of 16 counts √15 (Eq. 3)."""
    rewards = np.random.default_rng(0).random(16)
    A = _advantages(rewards)
    assert abs(A.mean()) < 1e-12, f"the mean is {A.mean():.1e}"
    assert abs(A.std() - 1) < 1e-12, f"the deviation is {A.std()}"
    lone = _advantages(np.eye(16)[0])
    assert abs(lone[0] - np.sqrt(15)) < 1e-12, f"one of 16 counts {lone[0]:.3f}"
    assert not _advantages(np.ones(16)).any(), "a group that is right throughout still teaches something"
    return f"one right of 16: {lone[0]:.2f} and {lone[1]:.2f} for the others; all right: 0"


def _penalty(log_ratio: np.ndarray) -> np.ndarray:
    """Eq. 2, with log_ratio = log(π_ref / π_θ)."""
    return np.exp(log_ratio) - log_ratio - 1


def the_penalty_estimates_the_divergence() -> str:
    """Eq. 2 is never negative, averages to the divergence and, near it, varies less than the log ratio."""
    rng = np.random.default_rng(0)
    ref = rng.dirichlet(np.full(10, 5.0))
    policy = 0.8 * ref + 0.2 * rng.dirichlet(np.full(10, 5.0))
    log_ratio = np.log(ref / policy)[rng.choice(10, size=400_000, p=policy)]
    divergence, estimate = (policy * np.log(policy / ref)).sum(), _penalty(log_ratio)
    assert estimate.min() >= 0, f"as low as {estimate.min():.2e}"
    assert abs(estimate.mean() - divergence) < 0.001, f"{estimate.mean():.5f}, not {divergence:.5f}"
    assert estimate.std() < log_ratio.std() / 5, f"{estimate.std():.4f} against {log_ratio.std():.4f}"
    return f"the deviation of one sample is {log_ratio.std() / estimate.std():.0f} times smaller"


def _clipped(ratio: np.ndarray, A: float, epsilon: float) -> np.ndarray:
    return np.minimum(ratio * A, np.clip(ratio, 1 - epsilon, 1 + epsilon) * A)


def a_clip_of_ten_binds_on_one_side_only() -> str:
    """With ε = 10 the clip holds back right answers beyond ratio 11 and never wrong ones (Eq. 1, §3.2.1)."""
    ratio = np.linspace(0.01, 30, 3_000)
    flat = {A: np.diff(_clipped(ratio, A, epsilon=10.0)) == 0 for A in (1.0, -1.0)}
    bound = ratio[:-1][flat[1.0]].min()
    assert abs(bound - 11) < 0.02, f"a right answer is held back from ratio {bound:.2f}"
    assert not flat[-1.0].any(), "a wrong answer is held back somewhere"
    usual = np.diff(_clipped(ratio, -1.0, epsilon=0.2)) == 0
    assert abs(ratio[:-1][usual].max() - 0.8) < 0.02, "with ε = 0.2 a wrong answer is held back below 0.8"
    return f"right answers are held back from ratio {bound:.1f}, wrong ones never"


def _learn(group: int, steps: int, seed: int = 0, rate: float = 0.3) -> np.ndarray:
    """Probability of the one right answer among ten; one step per group, so that no clip acts, no penalty."""
    rng, logits, right = np.random.default_rng(seed), np.zeros(10), []
    for _ in range(steps):
        policy = np.exp(logits) / np.exp(logits).sum()
        answers = rng.choice(10, size=group, p=policy)
        A = _advantages((answers == 0).astype(float))
        logits += rate * (A[:, None] * (np.eye(10)[answers] - policy)).mean(axis=0)
        right.append(policy[0])
    return np.array(right)


def rewards_for_right_answers_suffice() -> str:
    """Told only which answers are right, the update lifts the right one from 10% to above 95% (§2.1)."""
    right = _learn(group=16, steps=300)
    assert abs(right[0] - 0.1) < 1e-12, f"starts at {right[0]}"
    assert right[-1] > 0.95, f"ends at {right[-1]:.2f}"
    return f"from 10% to {right[-1]:.0%} in 300 steps"


def a_vote_helps_where_the_right_answer_leads() -> str:
    """Over questions of mixed difficulty the majority of 64 samples beats one sample (§2.3)."""
    rng, wrong = np.random.default_rng(0), np.array([0.6, 0.2, 0.1, 0.1])
    chance = rng.beta(2, 1, size=1_000)  # of a right answer; the wrong ones share the rest
    votes = np.array([rng.multinomial(64, [p, *(1 - p) * wrong]) for p in chance])
    won = votes.argmax(axis=1) == 0
    assert won.mean() > chance.mean() + 0.05, f"vote {won.mean():.3f}, single {chance.mean():.3f}"
    assert won[chance < 0.3].mean() < chance[chance < 0.3].mean(), "the vote also helps on hard questions"
    return f"one sample {chance.mean():.0%}, vote {won.mean():.0%}; below 30% chance the vote hurts"


def figure(axes) -> None:
    """The probability of the right answer among ten, as groups of different size teach it.

    Three curves over 120 steps, each the mean of 10 runs, all starting at one tenth. With groups of 16
    answers the curve passes 90% after about 40 steps; groups of 4 are slower and groups of 2 slower
    still, since more of them hold no right answer at all and teach nothing.
    """
    for group in (16, 4, 2):
        runs = [_learn(group, steps=120, seed=seed) for seed in range(10)]
        axes.plot(np.mean(runs, axis=0), label=f"groups of {group}")
    axes.set(xlabel="step", ylabel="probability of the right answer", ylim=(0, 1))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
