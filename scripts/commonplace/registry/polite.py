"""How a host wants to be asked: by our own rules, and by what its replies say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from commonplace.registry.transport import Reply

_BUSY = frozenset({429, 503})
_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Manners:
    """How many requests to a host at a time, and what ends all asking."""

    at_once: int = 2
    one_refusal_is_enough: bool = False
    """Whether nothing more is asked after a 403: going on would be taken for an attack."""


def host_of(url: str) -> str:
    """The host of an address as politeness counts it: with its port, where that is not the usual one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    name = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        return name
    return name if port in (None, _USUAL_PORTS.get(parts.scheme)) else f"{name}:{port}"


def is_busy(reply: Reply) -> bool:
    """Whether a reply says that its host is asked too much."""
    return reply.status == 429 or (reply.status in _BUSY and "Retry-After" in reply.headers)


def asked_pause(reply: Reply, now: dt.datetime) -> float:
    """The seconds for which a busy host asks to be left alone; 0 where it does not say."""
    text = reply.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max((until.replace(tzinfo=until.tzinfo or dt.UTC) - now).total_seconds(), 0.0)


def asked_gap(reply: Reply) -> float:
    """The seconds between two requests that a registry's limit comes to; 0 where it names none."""
    limit = reply.headers.get("X-Rate-Limit-Limit", "")
    interval = re.fullmatch(r"(\d{1,6})s?", reply.headers.get("X-Rate-Limit-Interval", ""))
    if not re.fullmatch(r"\d{1,9}", limit) or not interval:
        return 0.0
    return int(interval[1]) / max(int(limit), 1)
