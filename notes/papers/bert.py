"""BERT: what the masks do, where the parameters sit, and how often the text was read."""

import numpy as np

VOCABULARY, POSITIONS, SEGMENTS = 30_522, 512, 2  # as released, without capital letters
MASK = 0


def corrupt(tokens, rng):
    """Choose 15% of the positions; of these mask 80%, replace 10% at random, leave 10% (§3.1)."""
    chosen, fate = rng.random(tokens.shape) < 0.15, rng.random(tokens.shape)
    seen = np.where(chosen & (fate < 0.8), MASK, tokens)
    replaced = chosen & (fate >= 0.8) & (fate < 0.9)
    seen[replaced] = rng.integers(1, VOCABULARY, size=replaced.sum())
    return seen, chosen


def parameters(L, H):
    """The parameters of L encoder layers of width H, with the embeddings and the pooler (§3)."""
    norm = 2 * H  # a gain and a bias
    return {
        "embeddings": (VOCABULARY + POSITIONS + SEGMENTS) * H + norm,
        "attention": L * (4 * (H * H + H) + norm),
        "feed-forward": L * (H * 4 * H + 4 * H + 4 * H * H + H + norm),
        "pooler": H * H + H,
    }


def masks_are_few() -> str:
    """Of all tokens 12% are masked and 1.5% replaced at random (§3.1, App. A.1)."""
    rng = np.random.default_rng(0)
    tokens = rng.integers(1, VOCABULARY, size=1_000_000)
    seen, chosen = corrupt(tokens, rng)
    masked, replaced = (seen == MASK).mean(), ((seen != tokens) & (seen != MASK)).mean()
    for found, share in [(chosen.mean(), 0.15), (masked, 0.12), (replaced, 0.015)]:
        assert abs(found - share) < 0.002, f"{found:.3f} where {share} was expected"
    return f"chosen {chosen.mean():.1%}, masked {masked:.1%}, replaced {replaced:.1%}"


def words_would_see_themselves() -> str:
    """Looking both ways, a word reaches itself in two layers even if none lets it look at itself (§3.1)."""
    others = ~np.eye(8, dtype=bool)
    left = np.tril(others)
    both_ways, one_way = (np.diag(np.linalg.matrix_power(see.astype(int), 2)) for see in (others, left))
    assert both_ways.all(), "some word is still hidden from itself"
    assert not one_way.any(), "a left-to-right model leaks"
    return f"{both_ways[0]} paths of two steps back to each of 8 words; none from left to right"


def sizes_are_rounded() -> str:
    """Counting gives 109.5M and 335.1M parameters, printed as 110M and 340M (§3)."""
    base, large = (sum(parameters(L, H).values()) for L, H in [(12, 768), (24, 1024)])
    assert round(base / 1e6, 1) == 109.5, f"BERT-Base has {base:,}"
    assert round(large / 1e6, 1) == 335.1, f"BERT-Large has {large:,}"
    return f"{base:,} and {large:,}"


def short_sequences_mean_fewer_passes() -> str:
    """At 512 tokens throughout, a million batches are 40 passes; with the lengths used, 13 (App. A.2)."""
    batch, steps, words = 256, 1_000_000, 3.3e9
    printed = batch * 512 * steps / words
    used = batch * (0.9 * 128 + 0.1 * 512) * steps / words
    assert round(printed) == 40, f"{printed:.1f} passes at full length"
    assert round(used) == 13, f"{used:.1f} passes with the lengths used"
    return f"{printed:.1f} passes at full length, {used:.1f} with 128 tokens in nine steps of ten"


def figure(axes) -> None:
    """More than half of BERT's parameters are feed-forward; embeddings are a fifth of the smaller model.

    Two stacked horizontal bars. BERT-Base: 24M embeddings, 28M attention, 57M feed-forward. BERT-Large: 32M,
    101M and 202M. The pooler, 0.6M and 1.0M, is hardly visible.
    """
    sizes = {"BERT-Large": parameters(24, 1024), "BERT-Base": parameters(12, 768)}
    left = np.zeros(2)
    for i, part in enumerate(sizes["BERT-Base"]):
        width = np.array([size[part] / 1e6 for size in sizes.values()])
        axes.barh(list(sizes), width, left=left, height=0.5, color=f"C{i}", label=part)
        left += width
    axes.set(xlabel="parameters, in millions", ylim=(-0.5, 2.1))
    axes.legend(ncols=4, loc="upper center", fontsize="small")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
