"""Search: what can be found, and the index that finds it in the browser."""

from commonplace.search.index import IndexingError, build_index

__all__ = ["IndexingError", "build_index"]
