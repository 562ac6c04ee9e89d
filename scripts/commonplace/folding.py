"""Names compared without their case and without the signs between their words."""

from __future__ import annotations

import re
from functools import lru_cache

_APART = re.compile(r"[\s_-]+")


@lru_cache(maxsize=1 << 17)
def fold(name: str) -> str:
    """A name without case and without the difference between spaces, hyphens and underscores."""
    return _APART.sub(" ", name).strip().casefold()
