"""XLNet: every context from one mask at a time, and a stream that cannot see what it predicts."""

from itertools import combinations, permutations

import numpy as np


def masks(order):
    """Who may look at whom: in the content stream a token sees itself, in the query stream not (§2.3)."""
    rank = np.argsort(order)
    return rank[:, None] >= rank, rank[:, None] > rank


def attend(q, h, see, memory):
    """Softmax attention of q to the memory, always visible, and to those rows of h that it may see."""
    keys = np.vstack([memory, h])
    see = np.hstack([np.ones((len(q), len(memory)), dtype=bool), see])
    weights = np.where(see, np.exp(q @ keys.T), 0)
    return weights / weights.sum(axis=1, keepdims=True) @ keys


def two_streams(words, places, order, layers=3):
    """The content stream h knows word and place of its token, the query stream g the place alone."""
    content, query = masks(order)
    memory = np.full((1, words.shape[1]), 0.1)
    h, g = words + places, places.copy()
    for _ in range(layers):
        g, h = g + attend(g, h, query, memory), h + attend(h, h, content, memory)
    return h, g


def every_context_occurs() -> str:
    """For four tokens the 24 orders contain each target with each subset of the others (§2.2)."""
    found = set()
    for order in permutations(range(4)):
        query = masks(order)[1]
        found |= {(i, frozenset(np.flatnonzero(query[i]).tolist())) for i in range(4)}
    others = {i: [j for j in range(4) if j != i] for i in range(4)}
    wanted = {(i, frozenset(c)) for i in others for size in range(4) for c in combinations(others[i], size)}
    assert found == wanted, f"{len(found)} pairs, {len(wanted - found)} of those wanted are missing"
    return f"{len(found)} pairs of target and context, 4 × 2³"


def streams_differ_by_the_diagonal() -> str:
    """The two masks differ in one thing only: the content stream sees its own token (§2.3)."""
    for order in permutations(range(5)):
        content, query = masks(order)
        assert (content.astype(int) - query == np.eye(5)).all(), f"not so for the order {order}"
    return "the difference is the identity in all 120 orders of five tokens"


def query_never_sees_its_word() -> str:
    """Changing a word changes the queries of those tokens that come later in the order, no other (§2.3)."""
    rng = np.random.default_rng(0)
    words, places, order = rng.normal(size=(6, 8)) / 4, rng.normal(size=(6, 8)) / 4, [3, 0, 5, 1, 4, 2]
    h, g = two_streams(words, places, order)
    for t, token in enumerate(order):
        other = words.copy()
        other[token] += 1
        h_other, g_other = two_streams(other, places, order)
        moved = {int(i) for i in np.flatnonzero(np.abs(g_other - g).max(axis=1) > 1e-9)}
        assert moved == set(order[t + 1 :]), f"word {token} moves the queries {moved}"
        assert np.abs(h_other[token] - h[token]).max() > 1e-9, "the content stream misses its word"
    return "true of all six tokens, after three layers"


def apart_gives_wrong_pairs() -> str:
    """Two words predicted apart mix New York with Los Angeles; one after the other they do not (§2.6)."""
    joint = np.diag([0.5, 0.5])  # rows New, Los; columns York, Angeles
    first = joint.sum(axis=1)
    apart = np.outer(first, joint.sum(axis=0))
    in_turn = first[:, None] * (joint / first[:, None])
    wrong, still_wrong = (1 - np.trace(p) for p in (apart, in_turn))
    assert np.isclose(wrong, 0.5), f"predicted apart, {wrong:.0%} are wrong"
    assert np.isclose(still_wrong, 0), f"predicted in turn, {still_wrong:.0%} are wrong"
    return f"predicted apart {wrong:.0%} of the pairs are no city, predicted in turn {still_wrong:.0%}"


def figure(axes) -> None:
    """The text stays in place and only the mask follows the order, here 3, 2, 4, 1, 6, 5.

    A grid of six positions at work (rows) and six positions seen (columns). Row 3, first in the order, sees
    only itself, and only in the content stream; row 5, the last, sees all. The two streams differ on the
    diagonal.
    """
    content, query = masks(np.array([3, 2, 4, 1, 6, 5]) - 1)
    for see, color, label in [(query, "C0", "both streams"), (content & ~query, "C1", "content stream only")]:
        row, column = np.nonzero(see)
        axes.scatter(column + 1, row + 1, s=260, marker="s", color=color, label=label)
    axes.set(xlabel="position seen", ylabel="position at work", xlim=(0.5, 10.5), ylim=(6.6, 0.4))
    axes.set_xticks(range(1, 7))
    axes.legend(loc="center right", markerscale=0.6)


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
