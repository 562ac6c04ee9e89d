"""AdaLoRA: an update in the form of a singular value decomposition, and a budget that shrinks."""

import numpy as np

d1, d2, r = 48, 32, 8  # size of the weight, rank before pruning
T, t_i, t_f = 1000, 100, 300  # steps in all, at the full budget, at the final budget
b_start, b_end = 144, 96  # triplets of the whole model, at first 1.5 times the target


def update(P: np.ndarray, lam: np.ndarray, Q: np.ndarray) -> np.ndarray:
    """Delta = P Lambda Q (Eq. 3)."""
    return P * lam @ Q


def penalty(P: np.ndarray, Q: np.ndarray) -> float:
    """R(P, Q), zero if the columns of P and the rows of Q are orthonormal (Eq. 4)."""
    return float(sum(np.sum((M - np.eye(r)) ** 2) for M in (P.T @ P, Q @ Q.T)))


def orthonormal_triplets(rng) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Factors with a penalty of zero, and lambdas of both signs."""
    P, Q = (np.linalg.qr(rng.normal(size=(n, r)))[0] for n in (d1, d2))
    return P, rng.normal(size=r), Q.T


def lambdas_are_singular_values() -> str:
    """Where the penalty is zero, the singular values of Delta are |lambda_i|; else they are not (§3.1)."""
    rng = np.random.default_rng(0)
    P, lam, Q = orthonormal_triplets(rng)
    assert penalty(P, Q) < 1e-20, f"the penalty is {penalty(P, Q):.1e}"
    values = np.linalg.svd(update(P, lam, Q), compute_uv=False)[:r]
    gap = np.abs(values - np.sort(np.abs(lam))[::-1]).max()
    assert gap < 1e-12, f"singular values and |lambda| differ by {gap:.1e}"
    assert lam.min() < 0, "no lambda is negative"
    skewed = P + 0.1 * rng.normal(size=P.shape)
    values = np.linalg.svd(update(skewed, lam, Q), compute_uv=False)[:r]
    assert np.abs(values - np.sort(np.abs(lam))[::-1]).max() > 0.01, "the penalty makes no difference"
    return "they differ by less than 1e-12, with lambdas of both signs"


def budget(t: np.ndarray, numerator_t_f: float = 0) -> np.ndarray:
    """b(t): constant, a cubic, constant; as printed, t_f is subtracted in the numerator too (App. A)."""
    cubic = b_end + (b_start - b_end) * (1 - (t - t_i - numerator_t_f) / (T - t_i - t_f)) ** 3
    return np.where(t < t_i, b_start, np.where(t < T - t_f, cubic, b_end))


def only_the_corrected_budget_is_monotone() -> str:
    """With t - t_i the budget never rises or jumps; with t - t_i - t_f it jumps up, then down (App. A)."""
    t = np.arange(T + 1)
    corrected, printed = np.diff(budget(t)), np.diff(budget(t, t_f))
    assert corrected.max() <= 0, f"rises by {corrected.max():.2f}"
    assert np.abs(corrected).max() < 0.3, f"jumps by {np.abs(corrected).max():.2f}"
    halfway = budget(np.array((t_i + T - t_f) // 2))
    assert halfway == b_end + (b_start - b_end) / 2**3, f"not a cubic: {halfway} halfway"
    up, down = printed[t_i - 1], -printed[T - t_f - 1]
    assert up > 1, f"no jump up at t_i: {up:.2f}"
    assert down > 1, f"no jump down at T - t_f: {down:.2f}"
    return f"as printed the budget of {b_start} would jump up by {up:.0f} and at the end down by {down:.0f}"


def figure(axes) -> None:
    """The budget as printed would jump above its start; the released code's does not.

    The budget of singular triplets over 1,000 steps. As in the code it stays at 144 for 100 steps, falls
    along a cubic to 96 at step 700 and stays there. As printed it jumps at step 100, from 144 to 258, and is
    still above 96 when it drops at step 700.
    """
    t = np.arange(T + 1)
    axes.plot(t, budget(t, t_f), "C1--", label=r"as printed: $t - t_i - t_f$")
    axes.plot(t, budget(t), "C0", label=r"as in the code: $t - t_i$")
    axes.set(xlabel="step t", ylabel="budget b(t)", ylim=(0, None))
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
