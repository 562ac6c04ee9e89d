"""Makes the search index of a library: part by part, several at once, and only those that are not kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from commonplace.collector import uncollected
from commonplace.library import Library
from commonplace.search.join import FOLDER, IndexFile, Join, Rows
from commonplace.search.kept_pieces import KeptPieces
from commonplace.search.pagefind_service import IndexingError, index_of
from commonplace.search.parts import Part, parts
from commonplace.search.piece import Piece, as_bytes, piece_from, piece_of
from commonplace.search.record_page import record_page
from commonplace.search.vocabulary import called


def build_index(library: Library, site: Path) -> None:
    """Writes the index of a library into `site`/pagefind, in place of any that was there.

    Raises:
        IndexingError: Pagefind could not index the records.

    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for address, data in search_files(library):
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        (site / address).write_bytes(data)


def search_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """The files of the search index by their addresses.

    Raises:
        IndexingError: Pagefind could not index the records.

    """
    for file in index_files(parts(library)):
        yield file.address, file.content()


def index_files(
    divided: Sequence[Part], kept: KeptPieces | None = None, at_once: int = 2, processes: int = 1
) -> Iterator[IndexFile]:
    """The files of the index of these parts. What is not kept is made, so many parts at once, and kept.

    They are joined by so many processes; more than one are for callers without other threads.

    Raises:
        IndexingError: Pagefind could not index the records.

    """
    known = kept.rows() if kept else {}
    with uncollected():
        join = _join(_pieces(divided, kept, at_once), known, processes)
        yield from join.files()
    if kept:
        kept.keep_only({part.digest for part in divided}, join.rows)


def index_of_each(divided: Sequence[Part], kept: KeptPieces, at_once: int) -> list[Callable[[], bytes]]:
    """What gives the index of each part, for `joined`. What is not kept is made, so many at once, and kept.

    Raises:
        IndexingError: Pagefind could not index the records.

    """
    with uncollected():
        pieces = _pieces(divided, kept, at_once)
        kept.keep_only({part.digest for part in divided}, kept.rows())
    return [partial(as_bytes, piece) for piece in pieces]


def joined(alone: Iterable[bytes], processes: int) -> Iterator[IndexFile]:
    """The files of the index of parts, each of which was indexed by itself, in their order.

    Raises:
        IndexingError: they are not what `index_of_each` made, or were not made alike.

    """
    with uncollected():
        try:
            pieces = [piece_from(data) for data in alone]
        except (ValueError, TypeError):
            raise IndexingError("what should be the index of a part is none") from None
        yield from _join(pieces, {}, processes).files()


def _pieces(divided: Sequence[Part], kept: KeptPieces | None, at_once: int) -> list[Piece]:
    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(lambda part: _piece(part, kept), divided))


def _join(pieces: Sequence[Piece], known: Mapping[str, Rows], processes: int) -> Join:
    try:
        return Join(pieces, known, processes)
    except ValueError as fault:
        raise IndexingError(f"the index cannot be put together: {fault}") from None


def _piece(part: Part, kept: KeptPieces | None) -> Piece:
    if kept and (piece := kept.piece(part.digest)):
        return piece
    piece = _made(part)
    if kept:
        kept.keep(part.digest, piece)
    return piece


def _made(part: Part) -> Piece:
    records = part.records()
    files = index_of((f"/{record.url}", record_page(record)) for record in records)
    try:
        return piece_of(files, called(records))
    except (ValueError, KeyError) as fault:
        raise IndexingError(f"the index of a part cannot be read: {fault}") from None
