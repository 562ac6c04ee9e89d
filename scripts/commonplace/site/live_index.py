"""The search index of a preview: after a change, only what the change reaches is made again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from commonplace.library import Library
from commonplace.search import KeptPieces, index_files, parts


class LiveIndex:
    """The files of the index as they are now. Pieces are kept in `folder`, where a build finds them too."""

    def __init__(self, folder: Path) -> None:
        self._pieces = KeptPieces(folder)
        self._files: dict[str, tuple[str, bytes]] = {}

    @property
    def files(self) -> Mapping[str, bytes]:
        """What lies at each address."""
        return {address: data for address, (_, data) in self._files.items()}

    def renew(self, library: Library) -> None:
        """Makes the index that of `library`.

        Raises:
            IndexingError: Pagefind could not index the records; the index stays as it was.

        """
        renewed = dict[str, tuple[str, bytes]]()
        for file in index_files(parts(library), self._pieces):
            source, data = self._files.get(file.address, ("", b""))
            same = source == file.source
            renewed[file.address] = (file.source, data if same else file.content())
        self._files = renewed
