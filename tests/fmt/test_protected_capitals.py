"""Which words of a title keep their capitals, because braces protect them."""

from __future__ import annotations

import pytest

from commonplace.fmt.protected_capitals import protect_capitals


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("LoRA: Low-Rank Adaptation", "{LoRA}: Low-Rank Adaptation"),
        ("BERT", "{BERT}"),
        ("GPT-3 and GPT-3.5 and GPT-4o", "{GPT-3} and {GPT-3.5} and {GPT-4o}"),
        ("Quantized LLMs", "Quantized {LLMs}"),
        ("A BERT-based model", "A {BERT}-based model"),
        ("S-LoRA and LLaMA-v2", "{S-LoRA} and {LLaMA-v2}"),
        ("DeepSeek-R1, T5, 7B", "{DeepSeek-R1}, {T5}, {7B}"),
        ("iPhones (PaLM)", "{iPhones} ({PaLM})"),
        ("McDonald's ÉCOLE", "{McDonald}'s {ÉCOLE}"),
        ("{GLU} and GLU", "{GLU} and {GLU}"),
        ("GPT-{4}", "{GPT}-{4}"),
        (r"R\&D of LLMs", r"R\&D of {LLMs}"),
    ],
)
def test_a_word_with_a_capital_to_lose_is_protected(title: str, protected: str) -> None:
    assert protect_capitals(title) == protected
    assert protect_capitals(protected) == protected


@pytest.mark.parametrize(
    "title",
    [
        "Attention Is All You Need",
        "The case for 4-bit precision: k-bit Inference Scaling Laws",
        "An Image is Worth 16x16 Words",
        "Multi-Query Attention and U-Net",
        "word2vec Explained",
        "A I O'Reilly",
        "{{The LoRA Paper}}",
        "{B}ERT and pre{LN}",
        r"$W_{LoRA} LLM$ in \LaTeX and \emph{LoRA}",
        r"\'ETAT",
        "",
    ],
)
def test_every_other_title_stays_as_it_is(title: str) -> None:
    assert protect_capitals(title) == title
