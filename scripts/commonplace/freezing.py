"""Values as bytes: what every use of them needs, and set aside what few uses do."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property, partial
from typing import Any, NamedTuple, TypeAlias, cast

from commonplace.model import Claim, FieldPath, FrontMatter, Location, Markup, Source, Span, Token

Spans: TypeAlias = tuple[Span, ...]

_PROTOCOL = 5


class Frozen(NamedTuple):
    """A value as bytes. What is set aside of it may be fetched only when it is asked for."""

    head: bytes
    aside: bytes


class Aside:
    """Where that which is set aside of a value is fetched from."""

    fetch: Callable[[], bytes]

    def part(self, start: int, end: int) -> bytes:
        """A part of it."""
        return self.fetch()[start:end]


class KeptSource(Source):
    """A text that is fetched when it is asked for."""

    def __init__(self, path: str, aside: Aside, start: int, end: int) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_text", (aside, start, end))

    @cached_property
    def text(self) -> str:
        """The text."""
        aside, start, end = vars(self)["_text"]
        return str(aside.part(start, end), "utf-8", "surrogatepass")

    def let_go(self) -> None:
        """Lets go of the text."""
        _let_go(self, "path", "_text")


class KeptMarkup(Markup):
    """Markup that is thawed when it is asked for: its claims, and all else of it."""

    def __init__(self, aside: Aside, start: int, middle: int, end: int) -> None:
        object.__setattr__(self, "_written", (aside, start, middle))
        object.__setattr__(self, "_claims", (aside, middle, end))

    @cached_property
    def _found(self) -> tuple[tuple[Token, ...], Spans, Spans]:
        return cast(tuple[tuple[Token, ...], Spans, Spans], _thawed(*vars(self)["_written"]))

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens."""
        return self._found[0]

    @property
    def code_blocks(self) -> Spans:
        """The blocks of code."""
        return self._found[1]

    @property
    def code_in_words(self) -> Spans:
        """The spans of code."""
        return self._found[2]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims."""
        return cast(tuple[Claim, ...], _thawed(*vars(self)["_claims"]))

    def let_go(self) -> None:
        """Lets go of all that was thawed."""
        _let_go(self, "_written", "_claims")


class KeptPlaces(Mapping[FieldPath, Location]):
    """The places of fields, thawed when one is asked for."""

    def __init__(self, aside: Aside, start: int, end: int) -> None:
        self._written = aside, start, end

    @cached_property
    def _places(self) -> Mapping[FieldPath, Location]:
        return cast(Mapping[FieldPath, Location], _thawed(*self._written))

    def __getitem__(self, path: FieldPath) -> Location:
        return self._places[path]

    def __iter__(self) -> Iterator[FieldPath]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[Any, ...]:
        return KeptPlaces, self._written


def freeze(value: object) -> Frozen:
    """The value as bytes."""
    head, aside = io.BytesIO(), io.BytesIO()
    freezer = _Freezer(head, aside)
    freezer.dump((freezer.place, value))
    return Frozen(head.getvalue(), aside.getvalue())


def thaw(head: bytes, fetch: Callable[[], bytes]) -> Any:
    """The value that was frozen to `head`; `fetch` gives what was set aside.

    Neither may come from strangers: what is thawed can run code.
    """
    place, value = pickle.loads(head)  # noqa: S301
    place.fetch = fetch
    return value


def _let_go(value: object, *stays: str) -> None:
    """Lets go of what was worked out of a value, but of these attributes."""
    for name in vars(value).keys() - set(stays):
        del vars(value)[name]


def _thawed(aside: Aside, start: int, end: int) -> Any:
    return pickle.loads(aside.part(start, end))  # noqa: S301 - whoever fetches it answers for it


def _values(value: object) -> tuple[Any, ...]:
    kind: Any = type(value)
    return tuple(map(partial(getattr, value), _names(kind)))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _is_row(kind: type[object]) -> bool:
    """Whether values of a type are written as the row of their fields."""
    return is_dataclass(kind) and hasattr(kind, "__slots__")


class _Writer(pickle.Pickler):
    """Writes values of ours by way of their constructors: a third of the time that dataclasses take."""

    def reducer_override(self, value: Any) -> Any:
        """How a value is written."""
        kind: Any = type(value)
        return (kind, _values(value)) if _is_row(kind) else NotImplemented


class _Freezer(_Writer):
    """Writes a value, and what is set aside of it to a file of its own."""

    def __init__(self, head: io.BytesIO, aside: io.BytesIO) -> None:
        super().__init__(head, _PROTOCOL)
        self.place, self._aside = Aside(), aside

    def reducer_override(self, value: Any) -> Any:
        """How a value is written; what is set aside, as the place to fetch it from."""
        if isinstance(value, Markup):
            found = (value.tokens, value.code_blocks, value.code_in_words)
            start, middle = self._set_aside(_written(found))
            return KeptMarkup, (self.place, start, middle, self._set_aside(_written(value.claims))[1])
        if isinstance(value, Source):
            text = value.text.encode("utf-8", "surrogatepass")
            return KeptSource, (value.path, self.place, *self._set_aside(text))
        if isinstance(value, FrontMatter):
            places = KeptPlaces(self.place, *self._set_aside(_written(value.places)))
            return FrontMatter, _values(replace(value, places=places))
        return super().reducer_override(value)

    def _set_aside(self, data: bytes) -> tuple[int, int]:
        start = self._aside.tell()
        self._aside.write(data)
        return start, self._aside.tell()


def _written(value: object) -> bytes:
    written = io.BytesIO()
    _Writer(written, _PROTOCOL).dump(value)
    return written.getvalue()
