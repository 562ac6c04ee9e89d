"""Holds a figure to what Matplotlib draws: shapes and nothing that runs or leads elsewhere."""

from __future__ import annotations

import re
from xml.parsers import expat

_ELEMENTS = frozenset({"svg", "g", "defs", "path", "use", "clipPath", "rect", "image", "style", "pattern"})
_WITHIN = ("#", "data:image/png;base64,")
_REACHES_OUT = re.compile(r"url\((?!#)|@import|expression|javascript:", re.IGNORECASE)


def svg_fault(svg: str) -> str:
    """What an SVG holds beyond plain shapes; nothing where it is sound."""
    faults = list[str]()

    def begin(name: str, attributes: dict[str, str]) -> None:
        if name not in _ELEMENTS:
            faults.append(f"it holds <{name}>")
        for attribute, value in attributes.items():
            if attribute.lower().startswith("on"):
                faults.append(f"it holds the attribute {attribute}")
            if attribute.endswith("href") and not value.startswith(_WITHIN):
                faults.append(f"it leads to {value[:80]}")
            text(value)

    def text(value: str) -> None:
        if _REACHES_OUT.search(value):
            faults.append(f"it reaches for {value[:80]}")

    def entity(*_: object) -> None:
        faults.append("it declares an entity")

    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.CharacterDataHandler, reader.EntityDeclHandler = begin, text, entity
    reader.ProcessingInstructionHandler = lambda target, _: faults.append(f"it holds <?{target}?>")
    reader.buffer_text = True
    try:
        reader.Parse(svg.encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError) as fault:
        return f"it is no SVG: {fault}"
    return next(iter(faults), "")
