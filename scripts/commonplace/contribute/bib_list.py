"""Reads a reading list that is a .bib file: each entry as it stands, and those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from commonplace.bibliography import parse_bibliography
from commonplace.contribute.reading_list import Leftover, Mention, ReadingList
from commonplace.contribute.work import Work, addressed
from commonplace.model import Reference, Source
from commonplace.reference_identifiers import named_identifiers

_STRING = re.compile(
    r"@string\s*\{\s*(?P<name>[\w-]+)\s*=\s*(?P<value>\{[^{}]*\}|\"[^\"]*\")\s*\}", re.IGNORECASE
)
_NAMED = re.compile(r"(?<==)(?P<space>\s*)(?P<name>[A-Za-z][\w-]*)(?=\s*[,}\n])")


def read_bib(source: Source) -> ReadingList:
    """The works of a .bib file."""
    bibliography = parse_bibliography(source)
    strings = {match["name"].lower(): match["value"] for match in _STRING.finditer(source.text)}
    mentions = (
        Mention(reference.location.line, _work(reference, strings))
        for reference in bibliography.references.values()
    )
    leftovers = (
        Leftover(fault.location.line, source.line(fault.location.line).strip(), fault.message)
        for fault in bibliography.diagnostics
    )
    return ReadingList(tuple(mentions), tuple(leftovers))


def _work(reference: Reference, strings: Mapping[str, str]) -> Work:
    work = Work(
        title=reference.title,
        authors=reference.authors,
        year=reference.year,
        url=reference.fields.get("url", ""),
        key=reference.key,
        bibtex=_spelled_out(reference.bibtex, strings),
    )
    for named in named_identifiers(reference):
        told = addressed(named.identifier.name)
        if told:
            work = replace(work, arxiv=work.arxiv or told.arxiv, doi=work.doi or told.doi)
    return work


def _spelled_out(bibtex: str, strings: Mapping[str, str]) -> str:
    """An entry without the abbreviations of its file, which another file does not know."""
    return _NAMED.sub(lambda name: name["space"] + strings.get(name["name"].lower(), name["name"]), bibtex)
