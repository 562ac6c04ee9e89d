"""Asks the rules, each about what it looks at: one note after the other, or the library as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from commonplace.checks.citations import malformed_citation, unknown_citation
from commonplace.checks.claims import claim_without_locator, no_claims
from commonplace.checks.demos import (
    broken_demo,
    demo_without_note,
    failing_check,
    failing_check_of_no_claim,
    figure_without_alt,
    undescribed_check,
    unknown_check,
    unnamed_check,
    unshown_demo,
)
from commonplace.checks.duplicates import same_work_twice, two_notes_on_one_work
from commonplace.checks.entries import malformed_year, missing_field, uncitable_key, unknown_entry_type
from commonplace.checks.formulas import broken_formula, broken_formula_in_registry
from commonplace.checks.html import misplaced_attributes, unsafe_address, unsafe_address_of_work, unsafe_html
from commonplace.checks.identifiers import (
    eprint_without_archive,
    identifiers_disagree,
    malformed_arxiv_id,
    malformed_arxiv_id_of_work,
    malformed_doi,
    malformed_doi_of_work,
    non_canonical_arxiv_link,
    non_canonical_arxiv_link_of_work,
    year_before_arxiv,
)
from commonplace.checks.images import foreign_image, image_without_alt, missing_image
from commonplace.checks.links import dangling_heading, dangling_link, dangling_wikilink
from commonplace.checks.lock import missing_versions, newer_versions, stale_answers, unlike_registry
from commonplace.checks.names import ambiguous_alias, reserved_path
from commonplace.checks.orphans import orphan_note
from commonplace.checks.references import missing_ref, reference_without_note, uncited_reference, unknown_ref
from commonplace.checks.relations import relation_contradicts, unknown_relation_target
from commonplace.checks.topics import unfinished_reading, unknown_reading, unknown_topic, unshown_fact
from commonplace.library import Library
from commonplace.model import Diagnostic, Note
from commonplace.settling import settled

Rule = Callable[[Library], Iterator[Diagnostic]]
RuleOfNotes = Callable[[Library, Sequence[Note]], Iterator[Diagnostic]]

RULES_OF_CHECKED_CLAIMS: tuple[RuleOfNotes, ...] = (unknown_check, failing_check)
RULES_OF_DEMOS: tuple[Rule, ...] = (
    failing_check_of_no_claim,
    broken_demo,
    unnamed_check,
    undescribed_check,
    figure_without_alt,
    demo_without_note,
    unshown_demo,
)
OF_EACH_NOTE: tuple[RuleOfNotes, ...] = (
    malformed_arxiv_id,
    malformed_doi,
    non_canonical_arxiv_link,
    missing_ref,
    unknown_ref,
    unknown_topic,
    unknown_reading,
    unfinished_reading,
    unshown_fact,
    reserved_path,
    unknown_relation_target,
    relation_contradicts,
    unknown_citation,
    malformed_citation,
    dangling_wikilink,
    dangling_link,
    dangling_heading,
    missing_image,
    foreign_image,
    image_without_alt,
    broken_formula,
    no_claims,
    claim_without_locator,
    misplaced_attributes,
    unsafe_html,
    unsafe_address,
    *RULES_OF_CHECKED_CLAIMS,
)
"""Rules that look at one note after the other, and find faults in that note alone.

Of other notes they may ask what `Outline.bearing` covers: front matter, anchors, what they cite and link.
Of the library they may ask everything.
"""

OF_THE_WHOLE: tuple[Rule, ...] = (
    uncitable_key,
    unknown_entry_type,
    missing_field,
    malformed_year,
    malformed_arxiv_id_of_work,
    eprint_without_archive,
    malformed_doi_of_work,
    identifiers_disagree,
    year_before_arxiv,
    non_canonical_arxiv_link_of_work,
    unsafe_address_of_work,
    broken_formula_in_registry,
    same_work_twice,
    uncited_reference,
    reference_without_note,
    two_notes_on_one_work,
    ambiguous_alias,
    orphan_note,
    unlike_registry,
    missing_versions,
    newer_versions,
    stale_answers,
    *RULES_OF_DEMOS,
)
"""Rules that look at the registry or the demos, or hold notes against one another.

Of notes they may ask what `Outline.bearing` covers; what stale-answer asks beyond that, `mentions` tells.
"""


def found_in(library: Library, notes: Sequence[Note]) -> frozenset[Diagnostic]:
    """What the rules of each note say of these."""
    return frozenset(fault for rule in OF_EACH_NOTE for fault in rule(library, notes))


def found_of_whole(library: Library) -> frozenset[Diagnostic]:
    """What the rules of the whole say."""
    return frozenset(fault for rule in OF_THE_WHOLE for fault in rule(library))


def check_demos(library: Library) -> tuple[Diagnostic, ...]:
    """What is wrong with the demos of a library, and with the claims that name their checks."""
    found = {fault for rule in RULES_OF_DEMOS for fault in rule(library)}
    found.update(fault for rule in RULES_OF_CHECKED_CLAIMS for fault in rule(library, library.notes))
    return tuple(sorted(settled(library, found)))
