"""P-tuning: trained vectors beside the words of a prompt, in front of a frozen model."""

from itertools import combinations_with_replacement

import numpy as np

# A world of 40 subjects and 4 relations (such as "capital of"), and the 160 facts that the model knows.
D, HIDDEN = 24, 400
rng = np.random.default_rng(0)
SUBJECTS, RELATIONS, VOCABULARY = rng.normal(size=(40, D)), rng.normal(size=(4, D)), rng.normal(size=(24, D))
ANSWERS = np.stack([rng.permutation(40) for _ in RELATIONS])
TRAIN, TEST = np.arange(20), np.arange(20, 40)
WORDINGS = RELATIONS[0] + 1.2 * rng.normal(size=(6, D))  # six ways to ask for the first relation, none exact
W1 = rng.normal(size=(D, HIDDEN)) / np.sqrt(D)


def hidden(template: np.ndarray) -> np.ndarray:
    """The model's features of a template, whose embeddings are summed."""
    return np.tanh(template @ W1)


def _pretrained_readout() -> np.ndarray:
    """Ridge regression from (subject, relation), blurred by noise, to the answer."""
    noise = 0.3 * np.random.default_rng(1).normal(size=(20, 1, 1, D))
    H = hidden(SUBJECTS[:, None] + RELATIONS + noise).reshape(-1, HIDDEN)
    Y = np.tile(np.eye(40)[ANSWERS.T].reshape(-1, 40), (20, 1))
    return 12 * np.linalg.solve(H.T @ H + np.eye(HIDDEN), H.T @ Y)


W2 = _pretrained_readout()


def accuracy(prompt: np.ndarray) -> float:
    """Precision at 1 on subjects that the prompt was not trained on."""
    return float(np.mean((hidden(SUBJECTS[TEST] + prompt) @ W2).argmax(axis=1) == ANSWERS[0, TEST]))


def loss(prompt: np.ndarray) -> float:
    """Cross-entropy on the training subjects."""
    scores = hidden(SUBJECTS[TRAIN] + prompt) @ W2
    right = scores[np.arange(len(TRAIN)), ANSWERS[0, TRAIN]]
    return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - right))


def gradient(prompt: np.ndarray) -> np.ndarray:
    """Gradient of the loss for the prompt, through the model to its input."""
    U = hidden(SUBJECTS[TRAIN] + prompt)
    p = np.exp(U @ W2)
    back = p / p.sum(axis=1, keepdims=True) - np.eye(40)[ANSWERS[0, TRAIN]]
    return np.mean(back @ W2.T * (1 - U**2) @ W1.T, axis=0)


def tune(words: np.ndarray) -> np.ndarray:
    """200 steps of gradient descent on three embeddings h beside the words; the rest stays."""
    h = np.zeros((3, D))
    for _ in range(200):
        h = h - 2.0 * gradient(words + h.sum(axis=0))  # the same for each, since they are summed
    return words + h.sum(axis=0)


def _accuracies() -> tuple[list[float], list[float]]:
    """For each wording: alone, and with its three tuned embeddings."""
    return [accuracy(words) for words in WORDINGS], [accuracy(tune(words)) for words in WORDINGS]


def only_the_prompt_learns() -> str:
    """Three trained embeddings cut the loss to below 5% while the model stays untouched (§2.2, §3.1)."""
    before = W1.copy(), W2.copy(), SUBJECTS.copy()
    first, last = loss(WORDINGS[0]), loss(tune(WORDINGS[0]))
    moved = max(np.abs(new - old).max() for new, old in zip((W1, W2, SUBJECTS), before, strict=True))
    assert moved == 0, f"the model moved by {moved:.1e}"
    assert last < 0.05 * first, f"the loss went from {first:.2f} to {last:.2f}"
    return f"the loss falls from {first:.2f} to {last:.4f}; the weights move by 0"


def wordings_become_alike() -> str:
    """Six wordings differ widely alone, hardly with trained embeddings, on subjects not trained on (§3.4)."""
    alone, tuned = (100 * np.array(a) for a in _accuracies())
    assert alone.std() > 10, f"alone the wordings differ by only {alone.std():.1f}"
    assert tuned.std() < 1, f"with trained embeddings they still differ by {tuned.std():.1f}"
    assert tuned.min() >= alone.max(), f"the worst tuned prompt has {tuned.min():.0f}%"
    return f"standard deviation {alone.std():.1f} points alone, {tuned.std():.1f} with trained embeddings"


def no_three_words_do_as_well() -> str:
    """Free embeddings reach a lower loss than any three words of the vocabulary in their place (§2.2)."""
    tuned = loss(tune(WORDINGS[0]))
    triples = list(combinations_with_replacement(VOCABULARY, 3))
    best = min(loss(WORDINGS[0] + sum(words)) for words in triples)
    assert tuned < 0.1 * best, f"trained {tuned:.4f}, best words {best:.4f}"
    return f"loss {best:.2f} for the best of {len(triples):,} triples, {tuned:.4f} for trained embeddings"


def figure(axes) -> None:
    """How often a toy model names the right answer, for six wordings of one question.

    Six pairs of dots. Alone, the wordings range from 15% to 100% right on subjects that were not trained on,
    and only one is right always; with three trained embeddings beside it, each wording reaches 100%.
    """
    alone, tuned = (100 * np.array(a) for a in _accuracies())
    places = np.arange(1, 7)
    axes.vlines(places, alone, tuned, color=axes.xaxis.label.get_color(), linewidth=0.8)
    axes.plot(places, alone, "o", label="words alone")
    axes.plot(places, tuned, "o", label="words and trained embeddings")
    axes.set(xlabel="wording", ylabel="correct answers (%)", ylim=(0, 125), xticks=places)
    axes.set_yticks(range(0, 101, 25))
    axes.legend(ncols=2, loc="upper center")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
