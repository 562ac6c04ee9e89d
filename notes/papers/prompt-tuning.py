"""Prompt tuning: a few trained input vectors, and what they cost."""

import numpy as np

# T5 1.1: width e, width of the feed-forward layers, heads (of width 64), layers of each of the two stacks
SIZES = {
    "Small": (512, 1024, 6, 8),
    "Base": (768, 2048, 12, 12),
    "Large": (1024, 2816, 16, 24),
    "XL": (2048, 5120, 32, 24),
    "XXL": (4096, 10240, 64, 24),
}


def frozen_parameters(size: str) -> int:
    """The weights of T5 1.1: two vocabularies of 32,128, gated feed-forward layers, 32 relative positions."""
    e, d_ff, heads, layers = SIZES[size]
    attention, feed_forward = 4 * e * 64 * heads, 3 * e * d_ff
    encoder = attention + feed_forward + 2 * e
    decoder = 2 * attention + feed_forward + 3 * e
    return layers * (encoder + decoder) + 2 * 32_128 * e + 2 * e + 2 * 32 * heads


def prompt_parameters(size: str, p: int) -> int:
    """The prompt P_e is a matrix of p rows of width e."""
    return p * SIZES[size][0]


def share(size: str, p: int) -> float:
    """The trained share of all parameters, prompt included."""
    trained = prompt_parameters(size, p)
    return trained / (frozen_parameters(size) + trained)


def frozen_model(Z: np.ndarray) -> np.ndarray:
    """One layer of attention and one of ReLU units, never updated; Z is batch × positions × e."""
    e = Z.shape[-1]
    Wq, Wk, Wv, W1, W2 = np.random.default_rng(1).normal(size=(5, e, e)) / np.sqrt(e)
    scores = (Z @ Wq) @ (Z @ Wk).swapaxes(1, 2) / np.sqrt(e)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    H = Z + weights / weights.sum(axis=-1, keepdims=True) @ (Z @ Wv)
    return (H + np.maximum(H @ W1, 0) @ W2).mean(axis=1)


def five_tokens_against_eleven_billion() -> str:
    """Five prompt tokens for T5-XXL are 20,480 numbers, over five orders below its weights (Figure 2)."""
    trained, frozen = prompt_parameters("XXL", 5), frozen_parameters("XXL")
    assert trained == 20_480, f"the prompt has {trained:,} parameters"
    assert frozen == 11_135_332_352, f"T5-XXL has {frozen:,} parameters"
    assert frozen / trained > 1e5, f"the ratio is only {frozen / trained:,.0f}"
    return f"{frozen:,} / {trained:,} = {frozen / trained:,.0f}"


def one_batch_serves_several_tasks() -> str:
    """A mixed batch, each example behind its own prompt, gives what separate batches give (Figure 2)."""
    rng = np.random.default_rng(0)
    P, X, task = rng.normal(size=(3, 5, 32)), rng.normal(size=(12, 10, 32)), rng.integers(3, size=12)
    mixed = frozen_model(np.concatenate([P[task], X], axis=1))
    alone = np.empty_like(mixed)
    for t in range(3):
        own = X[task == t]
        alone[task == t] = frozen_model(np.concatenate([np.tile(P[t], (len(own), 1, 1)), own], axis=1))
    gap = np.abs(mixed - alone).max()
    assert gap < 1e-12, f"the outputs differ by {gap:.1e}"
    moved = np.abs(mixed - frozen_model(np.concatenate([P[(task + 1) % 3], X], axis=1))).max()
    assert moved > 0.1, f"another task's prompt moves the output by only {moved:.1e}"
    return "the outputs differ by less than 1e-12; another task's prompt changes them"


def under_a_hundredth_of_a_percent() -> str:
    """In models over a billion parameters 100 prompt tokens stay below 0.01%, 150 do not (§4)."""
    large = [size for size in SIZES if frozen_parameters(size) > 1e9]
    most = max(share(size, 100) for size in large)
    longer = max(share(size, 150) for size in large)
    assert most < 1e-4, f"{large} with 100 tokens: up to {most:.5%}"
    assert longer > 1e-4, f"{large} with 150 tokens: only up to {longer:.5%}"
    return f"{' and '.join(large)}: at most {most:.5%} with 100 tokens, {longer:.5%} with 150"


def three_slips_in_table_4() -> str:
    """Beyond rounding, three entries do not follow from the prompt's length, width and model (Table 4)."""
    small, large, xxl = prompt_parameters("Small", 20), share("Large", 100), frozen_parameters("XXL")
    right = (f"{small:,}", f"{large:.5%}", f"{xxl + prompt_parameters('XXL', 50):,}")
    printed = ("10,420", "0.01907%", "11,137,380,352")
    assert right == ("10,240", "0.01307%", "11,135,537,152"), f"recomputed {right}"
    assert not set(right) & set(printed), "an entry is right as printed"
    return f"{', '.join(right)} instead of {', '.join(printed)}"


def figure(axes) -> None:
    """What is stored for each task: a tuned copy of T5 1.1, or a prompt.

    Five model sizes from 77 million to 11 billion parameters, both axes logarithmic. A tuned copy grows with
    the model. Prompts of 100, 20 and 5 tokens lie three to six orders of magnitude lower and rise less
    steeply: for five tokens from 2,560 to 20,480 numbers.
    """
    sizes = [frozen_parameters(size) for size in SIZES]
    axes.loglog(sizes, sizes, "o-", label="model tuning")
    for p in (100, 20, 5):
        axes.loglog(sizes, [prompt_parameters(size, p) for size in SIZES], "o-", label=f"prompt of {p}")
    axes.set(xlabel="parameters of the frozen model", ylabel="parameters per task", ylim=(1e3, 1e13))
    axes.legend(ncols=2, loc="upper left")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
