"""Writes a work as an entry of the registry, with a field for each thing that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from commonplace.contribute.work import Work
from commonplace.fmt.canonical_bibtex import canonical_bibtex
from commonplace.model import Author

_KEY = re.compile(r"(?<=[{(])\s*[^,\s]*")
_FORMULA = re.compile(r"(?<!\\)(\$[^$]+\$)")
_SIGNS: Mapping[str, str] = {
    **{sign: f"\\{sign}" for sign in "%&#_{}$"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[%&#_{}$\\~^]")
_BRACE = re.compile(r"(?<!\\)[{}]")
_UNSAFE = re.compile(r"[{}\\\s\"]")
_PROCEEDINGS = re.compile(r"\b(?:proceedings|conference|workshop|symposium|advances in)\b", re.IGNORECASE)
_OTHERS = Author("others")
_KINDS = {
    "video": ("youtube.com", "youtu.be", "vimeo.com"),
    "software": ("github.com", "gitlab.com", "codeberg.org"),
}


def new_entry(key: str, work: Work) -> str:
    """The work's entry under `key`, in canonical form; one that a .bib file gave keeps all its fields."""
    if work.bibtex:
        return canonical_bibtex(_KEY.sub(lambda _: key, work.bibtex, count=1)).rstrip("\n")
    fields = {name: value for name, value in _fields(work).items() if value}
    lines = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
    return canonical_bibtex(f"@{_type(work)}{{{key},\n{lines}}}\n").rstrip("\n")


def _fields(work: Work) -> dict[str, str]:
    arxiv = work.arxiv
    place = "booktitle" if _type(work) == "inproceedings" else "journal"
    return {
        "author": " and ".join(map(_author, work.authors)),
        "title": _text(work.title),
        place: "" if arxiv else _text(work.venue),
        "year": str(work.year or work.first_year or ""),
        "eprint": arxiv.id if arxiv else "",
        "archiveprefix": "arXiv" if arxiv else "",
        "doi": _address(work.doi),
        "url": f"https://arxiv.org/abs/{arxiv.id}" if arxiv else _address(work.url),
    }


def _type(work: Work) -> str:
    if work.arxiv or not (work.venue or work.url):
        return "misc"
    if work.venue:
        return "inproceedings" if _PROCEEDINGS.search(work.venue) else "article"
    host = (urlsplit(work.url).hostname or "").removeprefix("www.")
    return next((kind for kind, hosts in _KINDS.items() if host in hosts), "online")


def _author(author: Author) -> str:
    if author == _OTHERS:
        return "others"
    family = _text(author.family)
    if not author.given:
        return f"{{{family}}}" if " " in family else family
    return f"{family}, {_text(author.given)}"


def _text(words: str) -> str:
    """Text as BibTeX writes it; formulas stay, where their braces close."""
    pieces = _FORMULA.split(words)
    formulas = (number % 2 and _closes(piece) for number, piece in enumerate(pieces))
    return "".join(
        piece if is_formula else _SPECIAL.sub(lambda sign: _SIGNS[sign[0]], piece)
        for piece, is_formula in zip(pieces, formulas, strict=True)
    )


def _closes(formula: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _address(text: str) -> str:
    """An address or DOI without the signs that would end its field."""
    return _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", text)
