"""ViT: patches as words, how many weights that takes, and what order means to it."""

import numpy as np


def patches(image: np.ndarray, P: int) -> np.ndarray:
    """The image as a sequence of flattened P × P patches, row by row."""
    H, W, C = image.shape
    return image.reshape(H // P, P, W // P, P, C).swapaxes(1, 2).reshape(-1, P * P * C)


def layer_norm(z: np.ndarray) -> np.ndarray:
    """Every token to mean 0 and variance 1."""
    return (z - z.mean(axis=-1, keepdims=True)) / z.std(axis=-1, keepdims=True)


def attention(z: np.ndarray, weights) -> np.ndarray:
    """Self-attention with one head: every token reads from every other."""
    q, k, v = (z @ U for U in weights[:3])
    score = q @ k.T / np.sqrt(q.shape[1])
    A = np.exp(score - score.max(axis=1, keepdims=True))
    return A / A.sum(axis=1, keepdims=True) @ v @ weights[3]


def encoder(z: np.ndarray, layers) -> np.ndarray:
    """Pre-norm layers of attention and a two-layer MLP with GELU; the class token is the first row."""
    for weights in layers:
        z = z + attention(layer_norm(z), weights)
        hidden = layer_norm(z) @ weights[4]
        z = z + hidden / (1 + np.exp(-1.702 * hidden)) @ weights[5]
    return layer_norm(z)


def change(moved: int, positions: bool, N: int = 64, D: int = 32) -> float:
    """How far a random two-layer encoder's class token moves, relatively, when patches change places."""
    rng = np.random.default_rng(0)
    shapes = [(D, D)] * 4 + [(D, 4 * D), (4 * D, D)]
    layers = [[rng.normal(size=shape) / np.sqrt(shape[0]) for shape in shapes] for _ in range(2)]
    z, E_pos = rng.normal(size=(N + 1, D)), positions * rng.normal(size=(N + 1, D))
    order = np.arange(N + 1)
    order[1 : moved + 1] = np.roll(order[1 : moved + 1], 1)
    before, after = encoder(z + E_pos, layers)[0], encoder(z[order] + E_pos, layers)[0]
    return np.linalg.norm(after - before) / np.linalg.norm(before)


def patch_embedding_is_a_convolution() -> str:
    """HW/P² tokens, each patch times E, are the same as a convolution with kernel and stride P (§3.1)."""
    rng = np.random.default_rng(0)
    image, E = rng.normal(size=(224, 224, 3)), rng.normal(size=(16 * 16 * 3, 8))
    tokens = patches(image, 16) @ E
    kernel = E.reshape(16, 16, 3, 8)
    windows = np.lib.stride_tricks.sliding_window_view(image, (16, 16), axis=(0, 1))[::16, ::16]
    gap = np.abs(tokens - np.einsum("hwcij,ijcd->hwd", windows, kernel).reshape(-1, 8)).max()
    counts = len(tokens), len(patches(image, 14))
    assert counts == (196, 256), f"{counts} tokens"
    assert gap < 1e-10, f"the two differ by {gap:.1e}"
    return f"{counts[0]} tokens for P = 16, {counts[1]} for P = 14; the two ways agree to 1e-10"


def sizes_follow_from_depth_and_width() -> str:
    """Counting the weights of the encoder gives the 86, 307 and 632 million to within 2% (Table 1)."""
    millions = []
    for L, D, P in ((12, 768, 16), (24, 1024, 16), (32, 1280, 14)):
        layer = 4 * (D * D + D) + (2 * 4 * D * D + 5 * D) + 4 * D
        embedding = 3 * P * P * D + D + D + ((224 // P) ** 2 + 1) * D
        millions.append((L * layer + embedding + 2 * D) / 1e6)
    assert np.allclose(millions, [86, 307, 632], rtol=0.02), f"{millions}"
    return ", ".join(f"{count:.1f}" for count in millions) + " million"


def without_positions_a_bag_of_patches() -> str:
    """Without position vectors, moving the patches leaves the class token's output unchanged (App. D.4)."""
    bag, sequence = change(64, positions=False), change(64, positions=True)
    assert bag < 1e-10, f"the output changes by {bag:.1e}"
    assert sequence > 0.1, f"with positions it changes by only {sequence:.1%}"
    return f"changes below 1e-10 without positions, by {sequence:.0%} with them"


def figure(axes) -> None:
    """Without position vectors the encoder does not notice that its patches have been moved.

    Relative change of the class token's output against the number of patches, of 64, that changed places, in
    a random two-layer encoder. With position vectors it climbs to a quarter; without them it is zero.
    """
    moved = np.arange(0, 65, 4)
    for positions, label in ((True, "with position vectors"), (False, "without")):
        axes.plot(moved, [100 * change(n, positions) for n in moved], "o-", label=label)
    axes.set(xlabel="patches that changed places", ylabel="change of the output, %")
    axes.legend()


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
