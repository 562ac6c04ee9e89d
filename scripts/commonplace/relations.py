"""The vocabulary of typed relations between works, and how each reads from both ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: how it reads from the later work, and from the work that it points at."""

    name: str
    forward: str
    backward: str
    symmetric: bool = False
    rests_on: bool = False
    """Whether the later work could not be what it is without the earlier one."""


_KINDS = (
    RelationKind("builds-on", "Builds on", "Led to", rests_on=True),
    RelationKind("extends", "Extends", "Extended by", rests_on=True),
    RelationKind("modifies", "Modifies", "Modified by", rests_on=True),
    RelationKind("generalizes", "Generalizes", "Generalized by", rests_on=True),
    RelationKind("simplifies", "Simplifies", "Simplified by", rests_on=True),
    RelationKind("supersedes", "Supersedes", "Superseded by"),
    RelationKind("alternative-to", "Alternative to", "Alternative to", symmetric=True),
    RelationKind("uses", "Uses", "Used by", rests_on=True),
    RelationKind("borrows-from", "Borrows from", "Lent to", rests_on=True),
    RelationKind("finetunes", "Fine-tunes", "Fine-tuned by", rests_on=True),
    RelationKind("compares-with", "Compared with", "Compared with", symmetric=True),
    RelationKind("evaluates", "Evaluates", "Evaluated by"),
    RelationKind("evaluates-on", "Evaluated on", "Used to evaluate"),
    RelationKind("explains", "Explains", "Explained by"),
    RelationKind("discusses", "Discusses", "Discussed by"),
    RelationKind("applies-to", "Applies to", "Applied to by"),
)

RELATIONS = {kind.name: kind for kind in _KINDS}
