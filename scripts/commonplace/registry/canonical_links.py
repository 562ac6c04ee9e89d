"""Writes links to arXiv and to DOIs in their canonical form."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from commonplace.identifiers import BadIdentifierError, arxiv_text, doi_text, is_doi, parse_arxiv_id

_ARXIV = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org"})
_DOI = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_FORM = re.compile(r"/(?P<form>abs|pdf)/")


def canonical_link(written: str) -> str:
    """The canonical form of a link to an abstract or PDF of arXiv, or to a DOI; else the link as it is.

    Other sites that show arXiv's papers were chosen for how they show them, and are left alone.
    """
    try:
        parts = urlsplit(written)
    except ValueError:
        return written
    if parts.scheme not in ("http", "https") or parts.query:
        return written
    host = parts.hostname or ""
    link = _arxiv(written, parts.path) if host in _ARXIV else _doi(written) if host in _DOI else ""
    return (f"{link}#{parts.fragment}" if parts.fragment else link) if link else written


def _arxiv(written: str, path: str) -> str:
    form = _FORM.match(path)
    try:
        found = parse_arxiv_id(arxiv_text(written) or "")
    except BadIdentifierError:
        return ""
    if not form:
        return ""
    return found.url if form["form"] == "abs" else found.pdf


def _doi(written: str) -> str:
    doi = doi_text(written) or ""
    # A sign that an address has to escape stays escaped.
    path = urlsplit(written).path.lstrip("/")
    return f"https://doi.org/{path}" if is_doi(doi) else ""
