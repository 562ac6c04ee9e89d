"""Search: what can be found, and the index that finds it in the browser."""

from commonplace.search.index import build_index, index_files, index_of_each, joined, search_files
from commonplace.search.join import FOLDER, IndexFile
from commonplace.search.kept_pieces import KeptPieces
from commonplace.search.pagefind_service import IndexingError
from commonplace.search.parts import Part, parts

__all__ = [
    "FOLDER",
    "IndexFile",
    "IndexingError",
    "KeptPieces",
    "Part",
    "build_index",
    "index_files",
    "index_of_each",
    "joined",
    "parts",
    "search_files",
]
