"""Keeps the index of each part from one build to the next; what is lost or torn is made again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from pathlib import Path

from commonplace.seal import read_sealed, write_sealed
from commonplace.search.join import Rows
from commonplace.search.piece import Piece, as_bytes, piece_from

_ROWS = "rows"


class KeptPieces:
    """The pieces in a folder, each named by the digest of its part, and the rows of the index last made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def piece(self, digest: str) -> Piece | None:
        """The index of the part with this digest, if it is kept."""
        try:
            return piece_from(read_sealed(self._folder / digest))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, digest: str, piece: Piece) -> None:
        """Keeps a piece."""
        write_sealed(self._folder / digest, as_bytes(piece))

    def rows(self) -> Mapping[str, Rows]:
        """What was joined last."""
        try:
            table = json.loads(read_sealed(self._folder / _ROWS))
            return {key: [(first, last, name) for first, last, name in rows] for key, rows in table.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def keep_only(self, digests: Set[str], rows: Mapping[str, Rows]) -> None:
        """Keeps what was joined, and forgets the pieces that it was not joined from."""
        if rows != self.rows():
            write_sealed(self._folder / _ROWS, json.dumps(rows, ensure_ascii=False).encode())
        wanted = {*digests, _ROWS}
        for path in self._folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)  # a preview and a build may clear away at once
