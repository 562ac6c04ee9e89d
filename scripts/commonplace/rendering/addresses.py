"""Where pages are published, and how the links between their files read from there."""

from __future__ import annotations

import re
from functools import lru_cache

# Within tags only: what code shows of HTML is text. Cleaned HTML has its attributes in double quotes.
_WRITTEN = re.compile(
    r'(?P<before><(?:a|img)(?:\s[\w-]+="[^"]*")*?\s(?:href|src)=")(?P<address>(?!https?:|[/#?])[^"]+)'
)
_ELSEWHERE = re.compile(r"[/#?]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BEHIND_PATH = re.compile(r"[?#]")
_INDEX = "index"


def published(path: str) -> str:
    """The address of the page at `path`, from the site's: `papers/lora.md` is at `papers/lora/`."""
    stem = path.removesuffix(".md")
    return stem.removesuffix(_INDEX) if stem.rpartition("/")[2] == _INDEX else f"{stem}/"


def addressed(html: str, path: str) -> str:
    """The HTML of the page at `path` with links that lead to where pages are published."""
    up = "" if path.rpartition("/")[2] == f"{_INDEX}.md" else "../"
    return _WRITTEN.sub(lambda tag: tag["before"] + _address(tag["address"], up), html)


@lru_cache(maxsize=1 << 16)
def _address(written: str, up: str) -> str:
    """A relative address as it reads from the page's folder, which lies `up` from where its file stands."""
    if _ELSEWHERE.match(written):
        return written
    behind = _BEHIND_PATH.search(written)
    end = behind.start() if behind else len(written)
    path = written[:end]
    target = published(path) if path.endswith(".md") else path
    return f"{up}{target or ('' if up else './')}{written[end:]}"
