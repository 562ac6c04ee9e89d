"""LLMLingua: keep what a small model finds surprising, within a budget, at a price."""

import numpy as np

WORDS, KEYS = 20, 10  # the vocabulary: predictable words, then key tokens that the small model never saw
SUCCESSORS = np.array([[(3 * w + 1) % WORDS, (7 * w + 2) % WORDS] for w in range(WORDS)])


def text(n: int, rng) -> np.ndarray:
    """A text of n tokens in which a word is followed by its first successor nine times in ten."""
    tokens = [0]
    while len(tokens) < n:
        tokens.append(SUCCESSORS[tokens[-1], int(rng.random() > 0.9)])
    return np.array(tokens)


def _prompt() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A prompt of 200 tokens, where its 10 key tokens are, and -log p(x_i | x_<i) under a bigram model."""
    rng = np.random.default_rng(0)
    training = text(5_000, rng)
    counts = np.ones((WORDS + KEYS, WORDS + KEYS))
    np.add.at(counts, (training[:-1], training[1:]), 1)
    p = counts / counts.sum(axis=1, keepdims=True)
    prompt, places = text(200, rng), np.arange(15, 200, 20)
    prompt[places] = WORDS + np.arange(KEYS)
    return prompt, places, np.append(0, -np.log(p[prompt[:-1], prompt[1:]]))


def threshold(surprisal: np.ndarray, tau: float) -> float:
    """gamma, chosen so that a share tau of the tokens lies above it."""
    return np.quantile(surprisal, 1 - tau)


def demonstration_rate(tau: float, L_ins: int, L_dems: int, L_que: int) -> float:
    """tau_dems of Eq. 2, with the paper's rates for instruction and question."""
    return (tau * (L_ins + L_dems + L_que) - (0.85 * L_ins + 0.9 * L_que)) / L_dems


def budget_adds_up() -> str:
    """With 85% of instruction and 90% of question kept, Eq. 2 leaves the demonstrations the rest (§4.1)."""
    L = np.array([20, 2300, 50])
    for tau in (0.5, 0.2, 0.1):
        kept = L @ [0.85, demonstration_rate(tau, *L), 0.9]
        assert abs(kept - tau * L.sum()) < 1e-9, f"{kept:.1f} tokens kept for a budget of {tau * L.sum():.1f}"
    return f"to keep a tenth of 2,370 tokens, the demonstrations keep {demonstration_rate(0.1, *L):.1%}"


def surprising_tokens_survive() -> str:
    """Tokens above the threshold include every key token at rates of 50, 20 and 10% (Eq. 7)."""
    prompt, places, surprisal = _prompt()
    kept = {tau: np.flatnonzero(surprisal > threshold(surprisal, tau)) for tau in (0.5, 0.2, 0.1)}
    for tau, tokens in kept.items():
        assert set(places) <= set(tokens), f"at {tau} only {len(set(places) & set(tokens))} keys are kept"
        assert len(tokens) <= tau * len(prompt), f"at {tau} {len(tokens)} tokens are kept"
    return f"all 10 keys are among the {', '.join(str(len(t)) for t in kept.values())} of 200 tokens kept"


def ties_miss_the_budget() -> str:
    """Where tokens are equally surprising, no threshold keeps the share that was asked for (Eq. 7)."""
    _, _, surprisal = _prompt()
    gamma = threshold(surprisal, 0.08)
    above, from_it = (surprisal > gamma).sum(), (surprisal >= gamma).sum()
    assert above < 16 < from_it, f"{above} tokens above the threshold, {from_it} with those on it"
    return f"16 of 200 tokens asked for: {above} lie above the threshold, {from_it} if those on it count"


def five_times_shorter_is_four_times_cheaper() -> str:
    """Compression by 5 with a 7B model for a 175B one costs 0.264 of the full prompt (Eq. 9)."""
    small, k, ratio = 7 / 175, 2, 5
    cost = (1 + k / ratio + 1 / ratio) * small + 1 / ratio
    rate = 1 / ratio
    as_defined = (1 + k / rate + 1 / rate) * small + 1 / rate
    assert abs(cost - 0.264) < 1e-9, f"the cost is {cost:.3f}"
    assert as_defined > 5, f"with tau as the rate the cost is {as_defined:.2f}"
    return f"{cost:.3f} with the ratio 5 for τ; {as_defined:.2f} with the rate 0.2, as §3 defines τ"


def figure(axes) -> None:
    """The tokens that a small model cannot guess stand out, and so do the words after them.

    Surprisal of the first 100 tokens of a prompt as bars. The predictable words lie near 0, with some at 2;
    five key tokens tower at about 5.5, above the threshold that keeps 5% of the tokens; the word after each
    key reaches 3.4, because the key tells the small model nothing.
    """
    _, places, surprisal = _prompt()
    key = np.isin(np.arange(200), places)
    for chosen, label in ((~key, "predictable words"), (key, "key tokens")):
        axes.bar(np.flatnonzero(chosen[:100]), surprisal[:100][chosen[:100]], label=label)
    ink = axes.xaxis.label.get_color()
    axes.axhline(threshold(surprisal, 0.05), color=ink, linestyle=":", label="threshold for 5%")
    axes.set(xlabel="token", ylabel="surprisal (nats)", ylim=(0, 8))
    axes.legend(ncols=3, loc="upper center")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
