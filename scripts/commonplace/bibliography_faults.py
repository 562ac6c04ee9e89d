"""Says what is wrong in the blocks that the parser made of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)

from commonplace.bibliography_fields import REGISTRY, FieldPlaces, field_name
from commonplace.model import Diagnostic, Location
from commonplace.rules import diagnose

_NO_COMMA = re.compile(r"[}\"][ \t]*+\n\s*+(?P<next>[\w-]++)\s*+=\s*+[{\"\d]")
_NO_AT = re.compile(r"^[ \t]*+(?P<type>[A-Za-z]++)[ \t]*+\{[^\s,{}]++,", re.MULTILINE)


def faults(block: Block, places: FieldPlaces) -> Iterator[Diagnostic]:
    """What is wrong in a block; an entry that is sound or none at all has nothing."""
    match block:
        case DuplicateBlockKeyBlock():
            first = _line(block.previous_block)
            message = f"'{block.key}' is already the key of the entry on line {first}; keep one"
            yield diagnose("duplicate-key", Location(REGISTRY, _line(block)), message)
        case DuplicateFieldKeyBlock():
            yield from _repeated(block, places)
        case ParsingFailedBlock():
            yield diagnose("unparsable-entry", Location(REGISTRY, _line(block)), _reason(block.error))
        case ImplicitComment():
            yield from _without_at(block)
        case Entry():
            for each in block.fields:
                yield from _without_comma(each, places)


def _line(block: Block) -> int:
    # The parser counts from 0.
    return (block.start_line or 0) + 1


def _repeated(block: DuplicateFieldKeyBlock, places: FieldPlaces) -> Iterator[Diagnostic]:
    entry = block.ignore_error_block
    for name in sorted(block.duplicate_keys):
        same = [each for each in entry.fields if each.key == name] if isinstance(entry, Entry) else []
        where = places.of(same[-1]) if same else Location(REGISTRY, _line(block))
        yield diagnose("repeated-field", where, f"the field '{name}' stands twice; keep one")


def _reason(error: Exception) -> str:
    """The parser's complaint in one line."""
    complaint = " ".join(str(getattr(error, "abort_reason", error)).split()).rstrip(".")
    return f"{complaint}; close each field's braces and put a comma after it"


def _without_at(block: ImplicitComment) -> Iterator[Diagnostic]:
    for match in _NO_AT.finditer(block.comment):
        line = _line(block) + block.comment.count("\n", 0, match.start("type"))
        message = f"an entry without its @ is a comment; write @{match['type']}{{"
        yield diagnose("unparsable-entry", Location(REGISTRY, line), message)


def _without_comma(each: Field, places: FieldPlaces) -> Iterator[Diagnostic]:
    """A field that has swallowed the next one, because no comma stands between them."""
    if match := _NO_COMMA.search(str(each.value)):
        name = field_name(each)
        message = f"no comma after '{name}', so '{match['next']}' is read as part of it; put one there"
        yield diagnose("missing-comma", places.of(each), message)
