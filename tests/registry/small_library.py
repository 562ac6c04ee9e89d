"""Writes small libraries for tests, and answers for their references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from commonplace.answers import Answer, Version
from commonplace.library import Library, load_library

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)

LORA = """@misc{hu2021lora,
  author        = {Hu, Edward J. and Shen, Yelong},
  title         = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  year          = {2021},
  eprint        = {2106.09685},
  archiveprefix = {arXiv},
  url           = {https://arxiv.org/abs/2106.09685},
}
"""


def library(root: Path, files: Mapping[str, str]) -> Library:
    """The library whose files these are, by their paths."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return load_library(root, TODAY)


def lora(*, asked: dt.date = TODAY, latest: int = 2) -> Answer:
    """What arXiv says of LoRA."""
    return Answer(
        identifier="arXiv:2106.09685",
        registry="arxiv",
        asked=asked,
        exists=True,
        title="LoRA: Low-Rank Adaptation of Large Language Models",
        authors=("Edward J. Hu", "Yelong Shen"),
        year=2021,
        versions=tuple(Version(number, dt.date(2021, 6, 16 + number)) for number in range(1, latest + 1)),
    )
