"""The vocabulary of typed relations between works."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: its name in front matter, and its verb from one later work or from several."""

    name: str
    verb: str
    plural: str
    symmetric: bool = False
    rests_on: bool = False
    """Whether the later work could not be what it is without the earlier one."""


_KINDS = (
    RelationKind("builds-on", "builds on", "build on", rests_on=True),
    RelationKind("extends", "extends", "extend", rests_on=True),
    RelationKind("modifies", "modifies", "modify", rests_on=True),
    RelationKind("generalizes", "generalizes", "generalize", rests_on=True),
    RelationKind("simplifies", "simplifies", "simplify", rests_on=True),
    RelationKind("uses", "uses", "use", rests_on=True),
    RelationKind("borrows-from", "borrows from", "borrow from", rests_on=True),
    RelationKind("finetunes", "fine-tunes", "fine-tune", rests_on=True),
    RelationKind("supersedes", "supersedes", "supersede"),
    RelationKind("alternative-to", "is an alternative to", "are alternatives to", symmetric=True),
    RelationKind("compares-with", "is compared with", "are compared with", symmetric=True),
    RelationKind("evaluates", "evaluates", "evaluate"),
    RelationKind("evaluates-on", "is evaluated on", "are evaluated on"),
    RelationKind("explains", "explains", "explain"),
    RelationKind("discusses", "discusses", "discuss"),
    RelationKind("applies-to", "applies to", "apply to"),
)

RELATIONS = {kind.name: kind for kind in _KINDS}
