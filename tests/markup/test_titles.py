"""Titles: what in them is a formula, and what is money."""

from __future__ import annotations

import pytest

from commonplace.bibtex_text import decode
from commonplace.plain_text import title_text


@pytest.mark.parametrize(
    ("bibtex", "shown"),
    [
        (r"On $\ell_2$ and {LoRA}", "On ℓ_2 and LoRA"),
        (r"On $ \ell_2 $ and {LoRA}", "On ℓ_2 and LoRA"),
        (r"Costs \$5 and \$6", "Costs $5 and $6"),
        ("A lone $ sign", "A lone $ sign"),
    ],
)
def test_a_title_reads_as_its_entry_means_it(bibtex: str, shown: str) -> None:
    assert title_text(decode(bibtex)) == shown
