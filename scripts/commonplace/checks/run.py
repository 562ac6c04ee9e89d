"""Asks every rule about a library, and settles what it says with the owner's settings and silences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from commonplace.checks.citations import malformed_citation, unknown_citation
from commonplace.checks.claims import claim_without_locator, no_claims
from commonplace.checks.demos import (
    broken_demo,
    demo_without_note,
    failing_check,
    figure_without_alt,
    undescribed_check,
    unknown_check,
    unnamed_check,
    unshown_demo,
)
from commonplace.checks.duplicates import same_work_twice, two_notes_on_one_work
from commonplace.checks.entries import malformed_year, missing_field, uncitable_key, unknown_entry_type
from commonplace.checks.formulas import broken_formula
from commonplace.checks.html import misplaced_attributes, unsafe_address, unsafe_html
from commonplace.checks.identifiers import (
    eprint_without_archive,
    identifiers_disagree,
    malformed_arxiv_id,
    malformed_doi,
    non_canonical_arxiv_link,
    year_before_arxiv,
)
from commonplace.checks.images import foreign_image, image_without_alt, missing_image
from commonplace.checks.links import dangling_heading, dangling_link, dangling_wikilink
from commonplace.checks.lock import missing_versions, newer_versions, stale_answers, unlike_registry
from commonplace.checks.names import ambiguous_alias, reserved_path
from commonplace.checks.orphans import orphan_note
from commonplace.checks.references import missing_ref, reference_without_note, uncited_reference, unknown_ref
from commonplace.checks.relations import relation_contradicts, unknown_relation_target
from commonplace.checks.silences import unused_silence
from commonplace.checks.topics import unfinished_reading, unknown_reading, unknown_topic, unshown_fact
from commonplace.collector import uncollected
from commonplace.library import Library
from commonplace.model import Diagnostic
from commonplace.settling import settled

Rule = Callable[[Library], Iterator[Diagnostic]]

DEMO_RULES: tuple[Rule, ...] = (
    unknown_check,
    failing_check,
    broken_demo,
    unnamed_check,
    undescribed_check,
    figure_without_alt,
    demo_without_note,
    unshown_demo,
)
"""The rules for demos and for the claims that name their checks."""

RULES: tuple[Rule, ...] = (
    uncitable_key,
    unknown_entry_type,
    missing_field,
    malformed_year,
    malformed_arxiv_id,
    eprint_without_archive,
    malformed_doi,
    identifiers_disagree,
    year_before_arxiv,
    non_canonical_arxiv_link,
    same_work_twice,
    uncited_reference,
    reference_without_note,
    missing_ref,
    unknown_ref,
    two_notes_on_one_work,
    unknown_topic,
    unknown_reading,
    unfinished_reading,
    unshown_fact,
    ambiguous_alias,
    reserved_path,
    unknown_relation_target,
    relation_contradicts,
    orphan_note,
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
    unlike_registry,
    missing_versions,
    newer_versions,
    stale_answers,
    *DEMO_RULES,
)


def check(library: Library) -> tuple[Diagnostic, ...]:
    """Everything that is wrong in a library, in the order of files and lines, each fault once."""
    with uncollected():
        found = {*library.diagnostics, *(fault for rule in RULES for fault in rule(library))}
        found.update(unused_silence(library, tuple(found)))
        return tuple(sorted(settled(library, found)))


def check_demos(library: Library) -> tuple[Diagnostic, ...]:
    """What is wrong with the demos of a library, and with the claims that name their checks."""
    return tuple(sorted(settled(library, {fault for rule in DEMO_RULES for fault in rule(library)})))
