"""Byte-level BPE: merges over bytes, text that always fits, and bytes that are not always text."""

from collections import Counter
from itertools import pairwise

import numpy as np

TOY = {"low": 5, "lower": 2, "newest": 6, "widest": 3}  # the example of Sennrich et al. (2016)
TEXT = "音楽を聞く。音を聞く。拍手の音。手の音。音楽の音。手を拍つ。"


def units(text: str) -> tuple[bytes, ...]:
    """The UTF-8 bytes of a text, one by one."""
    return tuple(bytes([byte]) for byte in text.encode())


def merge(tokens: tuple[bytes, ...], pair: tuple[bytes, bytes]) -> tuple[bytes, ...]:
    """The tokens with each occurrence of a pair, from left to right, joined into one."""
    out: list[bytes] = []
    for token in tokens:
        if out and (out[-1], token) == pair:
            out[-1] += token
        else:
            out.append(token)
    return tuple(out)


def learn(words: dict[tuple[bytes, ...], int], steps: int) -> list[tuple[bytes, bytes]]:
    """The pairs merged, the most frequent first and the earliest seen on a tie."""
    merges = []
    for _ in range(steps):
        pairs = Counter()
        for tokens, count in words.items():
            for pair in pairwise(tokens):
                pairs[pair] += count
        merges.append(max(pairs, key=pairs.get))
        words = {merge(tokens, merges[-1]): count for tokens, count in words.items()}
    return merges


def encode(text: str, merges: list[tuple[bytes, bytes]]) -> tuple[bytes, ...]:
    """The tokens of a text: its bytes, with the merges applied in the order learned."""
    tokens = units(text)
    for pair in merges:
        tokens = merge(tokens, pair)
    return tokens


def character(data: bytes) -> str:
    """The one character that the bytes are, or nothing; its length is g of Eq. 1."""
    text = data.decode(errors="ignore")
    return text if len(text) == 1 and text.encode() == data else ""


def recover(data: bytes) -> str:
    """The text with the most characters, f(k) = max over t of f(k - t) + g(k - t + 1, k) (Eq. 1)."""
    best = [""]
    for k in range(1, len(data) + 1):
        options = [best[k - t] + character(data[k - t : k]) for t in range(1, min(4, k) + 1)]
        best.append(max(options, key=len))
    return best[-1]


def _byte_kinds() -> tuple[np.ndarray, np.ndarray]:
    """How each byte value starts, by its leading ones, and whether any character of Unicode uses it."""
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    used = np.isin(np.arange(256), np.frombuffer(every.encode(), np.uint8))
    leading_ones = np.array([8 - (byte ^ 0xFF).bit_length() for byte in range(256)])
    return leading_ones, used


def bytes_merge_as_characters_do() -> str:
    """On English the first five merges over bytes are those of character BPE: es, est, est</w>, lo, low."""
    merges = learn({(*units(word), b"</w>"): count for word, count in TOY.items()}, steps=5)
    found = [b"".join(pair).decode() for pair in merges]
    assert found == ["es", "est", "est</w>", "lo", "low"], f"the merges are {found}"
    return ", ".join(found)


def unseen_script_fits() -> str:
    """Merges learned on Japanese encode Sinhala without loss, and some tokens are parts of characters."""
    merges, sinhala = learn({units(TEXT): 1}, steps=20), "සිංහල"
    tokens = encode(sinhala, merges)
    assert b"".join(tokens).decode() == sinhala, "the text changed"
    japanese = encode(TEXT, merges)
    parts = sum(recover(token).encode() != token for token in japanese)
    assert 0 < parts < len(japanese) < len(units(TEXT)), f"{parts} of {len(japanese)} tokens are parts"
    return f"{len(units(TEXT))} bytes of Japanese become {len(japanese)} tokens, {parts} not whole characters"


def damaged_bytes_are_recovered() -> str:
    """Eq. 1 gives text back unchanged, loses one character to a lost byte, and none to repeated bytes."""
    data = TEXT.encode()
    assert recover(data) == TEXT, "intact text changed"
    lost = recover(data[:4] + data[5:])
    assert lost == TEXT[0] + TEXT[2:], f"a lost byte leaves {lost}"
    repeated = recover(data[:5] + 3 * data[3:5] + data[5:])
    assert repeated == TEXT, f"repeated bytes leave {repeated}"
    return f"{len(TEXT)}, {len(lost)} and {len(repeated)} of {len(TEXT)} characters"


def bytes_in_text_are_243() -> str:
    """Of the 256 byte values 243 occur in UTF-8 text; 248 fit the bit patterns of one to four bytes."""
    leading_ones, used = _byte_kinds()
    assert used.sum() == 243, f"{used.sum()} values are used"
    assert (leading_ones <= 4).sum() == 248, f"{(leading_ones <= 4).sum()} values fit"
    never = np.flatnonzero((leading_ones <= 4) & ~used)
    return "the five that fit and never occur are " + ", ".join(f"{byte:02X}" for byte in never)


def figure(axes) -> None:
    """What the 256 byte values are for in UTF-8.

    A grid of 16 by 16 values, first and second hexadecimal digit. Rows 0 to 7 are ASCII, 8 to B continue a
    character, C and D begin one of two bytes, E of three, F0 to F4 of four. C0, C1 and F5 to F7 fit these
    patterns but never occur, and F8 to FF do not fit; both are darker.
    """
    leading_ones, used = _byte_kinds()
    shade = np.where(used, leading_ones, np.where(leading_ones <= 4, 7, 9)).reshape(16, 16)
    axes.imshow(shade, cmap="Greys", vmin=-1, vmax=16, aspect="auto")
    for x, y, name in (
        (7.5, 3.5, "one byte: ASCII"),
        (7.5, 9.5, "continues a character"),
        (0.5, 12, "never"),
        (8.5, 12.5, "begins two bytes"),
        (7.5, 14, "begins three bytes"),
        (2, 15, "begins four"),
        (6, 15, "never"),
        (11.5, 15, "fits no pattern"),
    ):
        axes.text(x, y, name, ha="center", va="center", color="black", fontsize=8)
    digits = [f"{digit:X}" for digit in range(16)]
    axes.set_xticks(range(16), digits)
    axes.set_yticks(range(16), digits)
    axes.set(xlabel="second digit", ylabel="first digit")


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
