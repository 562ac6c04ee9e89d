"""Writes for people what came of adding a work or importing a list, and what is to be done next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from commonplace.bibliography import REGISTRY
from commonplace.contribute.adding import Addition
from commonplace.contribute.drafts import Draft
from commonplace.contribute.importing import Fate, Import
from commonplace.report.text import counted, visible


def added(addition: Addition, written: str) -> str:
    """What came of one new work that was asked for as `written`, a line for each thing."""
    return "\n".join(map(visible, _added(addition, written)))


def _added(addition: Addition, written: str) -> Iterator[str]:
    draft, held = addition.draft, addition.held
    if held:
        yield f"'{held.title or held.key}' is there already: {held.where}"
    if not draft:
        return
    if draft.entry:
        title = f"'{draft.title}'" if draft.title else "whose title nobody said"
        yield f"{REGISTRY}: {draft.key}, {title}"
    yield f"{draft.note}: a note to fill in"
    if addition.unanswered:
        yield f"no registry could be asked about {written}, so nothing in the entry is confirmed"
    yield from addition.remarks
    if draft.missing:
        yield f"left out, because nobody said it: {', '.join(draft.missing)}; add it to {REGISTRY}"
    yield f"Next: write {draft.note}, look at it with `commonplace serve`, then `commonplace check`."


def imported(result: Import, name: str) -> str:
    """What came of each line of the list called `name`, and the sums."""
    lines = (f"{name}:{each.line}: {each.fate} '{each.title}': {each.remark}" for each in result.placings)
    return "\n".join(map(visible, [*lines, *_sums(result)]))


def _sums(result: Import) -> Iterator[str]:
    fates = Counter(placing.fate for placing in result.placings)
    yield ", ".join(f"{fate} {fates[fate]}" for fate in Fate)
    if result.unanswered:
        works = counted(len(result.unanswered), "work")
        yield f"no registry could be asked about {works}, so what stands there is the list's word"
    lacking = [draft for draft in result.drafts if draft.missing]
    if lacking:
        yield f"left out of {REGISTRY}, because nobody said it: {_missing(lacking)}"
    if result.drafts:
        yield "Next: `commonplace check` names what is to be mended; then make notes of the stubs."


def _missing(drafts: list[Draft]) -> str:
    """What the drafts lack, each thing with how often."""
    lacking = Counter(name for draft in drafts for name in draft.missing)
    return ", ".join(f"{name} of {counted(number, 'work')}" for name, number in lacking.items())
