"""What a run finds is said at every place that holds the address, and fails only where it should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from small_library import LORA, NOW, TODAY, library, lora

from commonplace.answers import Answer
from commonplace.library import Library
from commonplace.link_history import History
from commonplace.model import Diagnostic, Severity
from commonplace.registry.addresses import collect
from commonplace.registry.findings import Known, findings, ignore_findings
from commonplace.rules import catalogue
from commonplace.verdicts import Outcome, Verdict

URL = "https://a.org/b"
NOTE = "notes/papers/lora.md"
OF_LORA = "---\nref: hu2021lora\n---\n"
VASWANI = Answer(
    "arXiv:1706.03762",
    "arxiv",
    TODAY,
    exists=True,
    title="Attention Is All You Need",
    authors=("Ashish Vaswani",),
    year=2017,
)
SEA_ICE = replace(lora(), title="A Study of Sea Ice", authors=("Jane Roe",))


def found(
    read: Library,
    answers: Iterable[Answer] = (),
    outcomes: Iterable[Outcome] = (),
    unanswered: Iterable[Outcome] = (),
) -> list[Diagnostic]:
    known = Known(
        {answer.identifier: answer for answer in answers},
        History().after(outcomes),
        {outcome.address: outcome for outcome in unanswered},
    )
    return list(findings(read, collect(read), known))


def said(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(str(each.location), each.rule) for each in diagnostics]


def of_text(root: Path, body: str, *answers: Answer) -> list[Diagnostic]:
    """What is found in a note with this body, beside a sound entry for LoRA."""
    return found(library(root, {"refs.bib": LORA, "notes/a.md": body}), [lora(), *answers])


def test_only_what_leads_nowhere_or_to_another_work_fails() -> None:
    """A page that moved, blocks programs, keeps silent or looks odd must not stop anybody's work."""
    words = catalogue()
    failing = {"does-not-exist", "broken-link", "wrong-paper"}
    other = {
        "unlike-registry",
        "withdrawn-work",
        "newer-version",
        "published-since",
        "uncanonical-link",
        "moved-link",
        "blocked-link",
        "unsure-link",
        "suspect-link",
        "missing-anchor",
        "ignored-link-unused",
        "ignored-link-expired",
        "stale-answer",
    }
    assert {rule for rule in failing | other if words[rule].severity is Severity.ERROR} == failing


def test_a_sound_reference_gives_no_finding(tmp_path: Path) -> None:
    assert found(library(tmp_path, {"refs.bib": LORA, NOTE: OF_LORA}), [lora()]) == []


def test_an_identifier_of_another_work_is_named_at_every_place(tmp_path: Path) -> None:
    everywhere = found(library(tmp_path, {"refs.bib": LORA}), [SEA_ICE, VASWANI])
    assert said(everywhere) == [("refs.bib:5:3", "wrong-paper"), ("refs.bib:7:3", "wrong-paper")]
    assert "is 'A Study of Sea Ice' (Jane Roe, 2021), not 'LoRA: Low-Rank" in everywhere[0].message


def test_the_closest_match_is_named(tmp_path: Path) -> None:
    right = replace(lora(), identifier="arXiv:2106.09686")
    [fault, *_] = found(library(tmp_path, {"refs.bib": LORA}), [SEA_ICE, right])
    assert fault.message.endswith("closest match: arXiv:2106.09686")


def test_a_copied_identifier_is_told_by_the_entry_that_it_belongs_to(tmp_path: Path) -> None:
    copied = LORA + LORA.replace("hu2021lora", "roe2021ranks").replace(
        "{{LoRA}: Low-Rank", "{{LoRA}: High-Rank"
    )
    faults = found(library(tmp_path, {"refs.bib": copied}), [lora()])
    assert {each.rule for each in faults} == {"wrong-paper"}
    assert {each.location.line for each in faults} == {13, 15}
    assert faults[0].message.endswith("closest match: 'hu2021lora' in refs.bib")


def test_a_link_whose_text_is_the_title_of_another_work_fails(tmp_path: Path) -> None:
    body = "[Attention is all you need](https://arxiv.org/abs/2106.09685)\n"
    [fault] = of_text(tmp_path, body, VASWANI)
    assert said([fault]) == [("notes/a.md:1:29", "wrong-paper")]
    assert fault.message.endswith("not 'Attention is all you need'; closest match: arXiv:1706.03762")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Deep Residual Learning for Image Recognition", ["wrong-paper"]),
        ("ResNet: Deep residual learning", ["wrong-paper"]),
        ("Deep residual learning for recognising images", ["unlike-registry"]),
        ("arXiv:1706.03762", ["wrong-paper"]),
        ("arXiv:2106.09685", []),
        ("LoRA: Low-rank adaptation", []),
        ("Low-Rank Adaptation of Large Language Models", []),
        ("the original paper", []),
        ("Edward Hu and Yelong Shen", []),
        ("Hu et al., 2021", []),
        ("Section Four of the Paper", []),
        ("LoRA", []),
        ("here", []),
        ("", []),
    ],
)
def test_a_links_text_is_held_against_the_work_where_it_reads_like_a_title(
    tmp_path: Path, text: str, rules: list[str]
) -> None:
    faults = of_text(tmp_path, f"[{text}](https://arxiv.org/abs/2106.09685)\n")
    assert [fault.rule for fault in faults if fault.location.path == "notes/a.md"] == rules


def test_a_note_may_be_called_otherwise_than_its_work_but_not_like_another(tmp_path: Path) -> None:
    named = "---\nref: hu2021lora\ntitle: {}\n---\n"
    own = library(tmp_path, {"refs.bib": LORA, NOTE: named.format("Low Ranks for Everyone")})
    assert said(found(own, [lora()])) == [("notes/papers/lora.md:3:1", "unlike-registry")]
    both = LORA + "@misc{v,\n  author = {Vaswani, A.},\n  title = {Attention Is All You Need},\n}\n"
    other = library(tmp_path, {"refs.bib": both, NOTE: named.format("Attention Is All You Need")})
    assert said(found(other, [lora()])) == [("notes/papers/lora.md:3:1", "wrong-paper")]


def test_corrupted_fields_of_the_right_work_are_warned_of(tmp_path: Path) -> None:
    bad = LORA.replace("Hu, Edward J. and Shen, Yelong", "Roe, Jane").replace("{2021}", "{1998}")
    faults = found(library(tmp_path, {"refs.bib": bad}), [lora()])
    assert {(fault.rule, fault.severity) for fault in faults} == {("unlike-registry", Severity.WARNING)}
    assert {fault.message.rpartition(": ")[2] for fault in faults} == {
        "Jane Roe comes first here, Edward J. Hu there",
        "it is of 1998 here, of 2021 there",
    }


def test_what_its_registry_does_not_have_fails(tmp_path: Path) -> None:
    absent = Answer("arXiv:2106.09685", "arxiv", TODAY, exists=False)
    read = library(tmp_path, {"refs.bib": LORA, "notes/a.md": "See arXiv:2106.09685.\n"})
    assert {rule for _, rule in said(found(read, [absent]))} == {"does-not-exist"}
    assert len(found(read, [absent])) == 3


@pytest.mark.parametrize("link", ["arXiv:2113.09685", "[x](https://doi.org/10.1/)", "arXiv:2706.00001"])
def test_what_cannot_exist_fails_unasked(tmp_path: Path, link: str) -> None:
    [fault] = found(library(tmp_path, {"notes/a.md": f"{link}\n"}))
    assert fault.rule == "does-not-exist"


def test_a_version_that_never_came_fails(tmp_path: Path) -> None:
    faults = of_text(tmp_path, "arXiv:2106.09685v2 and arXiv:2106.09685v3\n")
    assert said(faults) == [("notes/a.md:1:24", "does-not-exist")]
    assert faults[0].message == "arXiv has no version 3 of arXiv:2106.09685; the latest is v2"


def test_a_withdrawn_work_is_a_warning_wherever_it_is_named(tmp_path: Path) -> None:
    faults = found(library(tmp_path, {"refs.bib": LORA}), [replace(lora(), withdrawn=True)])
    assert [(each.location.line, each.rule, each.severity) for each in faults] == [
        (5, "withdrawn-work", Severity.WARNING),
        (7, "withdrawn-work", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    ("read", "rules"), [("v1", ["newer-version"]), ("v2", []), ("v3", ["does-not-exist"])]
)
def test_the_version_that_was_read_is_held_against_the_latest(
    tmp_path: Path, read: str, rules: list[str]
) -> None:
    note = f"---\nref: hu2021lora\nread: {read}\n---\n"
    faults = found(library(tmp_path, {"refs.bib": LORA, NOTE: note}), [lora()])
    assert said(faults) == [("notes/papers/lora.md:3:1", rule) for rule in rules]


def test_a_version_is_written_with_its_letter(tmp_path: Path) -> None:
    note = "---\nref: hu2021lora\nread: 2\n---\n"
    [fault] = library(tmp_path, {"refs.bib": LORA, NOTE: note}).diagnostics
    assert (fault.rule, fault.location.line) == ("broken-front-matter", 3)
    assert "v2" in fault.message


def test_a_preprint_that_was_published_is_a_hint_with_what_to_add(tmp_path: Path) -> None:
    published = replace(lora(), doi="10.1000/lora", journal="ICLR 2022")
    [fault] = found(library(tmp_path, {"refs.bib": LORA}), [published])
    assert (fault.rule, fault.severity, fault.location.line) == ("published-since", Severity.HINT, 5)
    assert "published in ICLR 2022" in fault.message
    assert "doi = {10.1000/lora}" in fault.message


@pytest.mark.parametrize("field", ["doi = {10.1000/lora}", "doi = {10.1000/other}"])
def test_a_publication_that_the_entry_names_is_no_news(tmp_path: Path, field: str) -> None:
    entry = LORA.replace("  eprint ", f"  {field},\n  eprint ")
    assert not found(library(tmp_path, {"refs.bib": entry}), [replace(lora(), doi="10.1000/lora")])


def outcome(verdict: Verdict, days: float = 0) -> Outcome:
    return Outcome(URL, verdict, "as it was", NOW + dt.timedelta(days))


@pytest.mark.parametrize(
    ("verdict", "rule"),
    [
        (Verdict.BROKEN, "broken-link"),
        (Verdict.MOVED, "moved-link"),
        (Verdict.BLOCKED, "blocked-link"),
        (Verdict.UNSURE, "unsure-link"),
        (Verdict.SUSPECT, "suspect-link"),
    ],
)
def test_a_page_is_reported_at_every_place_by_what_it_did(
    tmp_path: Path, verdict: Verdict, rule: str
) -> None:
    read = library(tmp_path, {"notes/a.md": f"[a]({URL})\n", "notes/b.md": f"{URL}\n"})
    faults = found(read, outcomes=[outcome(verdict)])
    assert said(faults) == [("notes/a.md:1:5", rule), ("notes/b.md:1:1", rule)]
    assert faults[0].message.startswith(f"{URL}: ")


def test_a_page_that_is_there_gives_no_finding(tmp_path: Path) -> None:
    assert not found(library(tmp_path, {"notes/a.md": f"{URL}\n"}), outcomes=[outcome(Verdict.OK)])


def test_silence_fails_after_three_runs_on_three_days(tmp_path: Path) -> None:
    read = library(tmp_path, {"notes/a.md": f"{URL}\n"})
    two = [outcome(Verdict.UNSURE, day) for day in range(2)]
    assert [each.rule for each in found(read, outcomes=two)] == ["unsure-link"]
    [fault] = found(read, outcomes=[*two, outcome(Verdict.UNSURE, 2)])
    assert (fault.rule, fault.severity) == ("broken-link", Severity.ERROR)
    assert "three runs" in fault.message


def test_a_registry_that_keeps_silent_never_fails(tmp_path: Path) -> None:
    silent = [Outcome("arXiv:2106.09685", Verdict.UNSURE, "429 Too Many Requests", NOW)]
    read = library(tmp_path, {"refs.bib": LORA})
    assert {each.rule for each in found(read, unanswered=silent)} == {"unsure-link"}


def test_an_older_answer_serves_while_its_registry_keeps_silent(tmp_path: Path) -> None:
    silent = [Outcome("arXiv:2106.09685", Verdict.UNSURE, "429 Too Many Requests", NOW)]
    assert not found(library(tmp_path, {"refs.bib": LORA}), [lora()], unanswered=silent)


def test_the_copy_in_an_archive_is_offered(tmp_path: Path) -> None:
    copy = "https://web.archive.org/web/2020/https://a.org/b"
    [fault] = found(
        library(tmp_path, {"notes/a.md": f"{URL}\n"}),
        outcomes=[replace(outcome(Verdict.BROKEN), archived=copy)],
    )
    assert fault.message.endswith(copy)


def test_a_missing_anchor_is_said_where_it_is_linked(tmp_path: Path) -> None:
    read = library(tmp_path, {"notes/a.md": f"[a]({URL}#x) [b]({URL}#y) [c]({URL})\n"})
    faults = found(read, outcomes=[replace(outcome(Verdict.OK), missing=("y",))])
    assert [(each.rule, each.location.column) for each in faults] == [("missing-anchor", 28)]


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("http://arxiv.org/abs/2106.09685", "https://arxiv.org/abs/2106.09685"),
        ("https://www.arxiv.org/pdf/2106.09685v1.pdf", "https://arxiv.org/pdf/2106.09685v1"),
        ("http://dx.doi.org/10.1000/x", "https://doi.org/10.1000/x"),
    ],
)
def test_an_unusual_form_is_a_hint_with_the_usual_one(tmp_path: Path, link: str, canonical: str) -> None:
    [fault] = found(library(tmp_path, {"notes/a.md": f"<{link}>\n"}))
    assert (fault.rule, fault.severity) == ("uncanonical-link", Severity.HINT)
    assert canonical in fault.message


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2106.09685v1",
        "https://arxiv.org/pdf/2106.09685",
        "https://arxiv.org/html/2106.09685",
        "https://ar5iv.org/abs/2106.09685",
        "https://doi.org/10.1000/x",
    ],
)
def test_a_form_that_was_chosen_is_no_finding(tmp_path: Path, link: str) -> None:
    assert not found(library(tmp_path, {"notes/a.md": f"<{link}>\n"}))


SETTINGS = '[tool.commonplace.links]\nignore = [\n  {{ pattern = "{}", reason = "slow"{} }},\n]\n'


def test_an_ignored_address_is_not_reported_and_its_setting_is_used(tmp_path: Path) -> None:
    read = library(
        tmp_path, {"pyproject.toml": SETTINGS.format("https://a.org/*", ""), "notes/a.md": f"{URL}\n"}
    )
    assert not found(read, outcomes=[outcome(Verdict.BROKEN)])
    assert not list(ignore_findings(read, collect(read)))


def test_a_setting_that_ignores_nothing_is_reported_where_it_stands(tmp_path: Path) -> None:
    read = library(
        tmp_path, {"pyproject.toml": SETTINGS.format("https://c.org/*", ""), "notes/a.md": f"{URL}\n"}
    )
    assert said(ignore_findings(read, collect(read))) == [("pyproject.toml:3:1", "ignored-link-unused")]


def test_a_setting_whose_day_has_passed_is_reported_and_holds_no_more(tmp_path: Path) -> None:
    settings = SETTINGS.format("https://a.org/*", ", until = 2026-11-20")
    read = library(tmp_path, {"pyproject.toml": settings, "notes/a.md": f"{URL}\n"})
    assert said(ignore_findings(read, collect(read))) == [("pyproject.toml:3:1", "ignored-link-expired")]
    assert [each.rule for each in found(read, outcomes=[outcome(Verdict.BROKEN)])] == ["broken-link"]


@dataclass(frozen=True)
class Case:
    """A note with one link, what its page did, and what the owner has set."""

    link: str = URL
    outcome: Outcome = field(default_factory=lambda: outcome(Verdict.OK))
    settings: str = ""

    def rules(self, root: Path) -> set[str]:
        """The rules that a run finds broken."""
        read = library(root, {"pyproject.toml": self.settings, "notes/a.md": f"<{self.link}>\n"})
        faults = [*found(read, outcomes=[self.outcome]), *ignore_findings(read, collect(read))]
        return {fault.rule for fault in faults}


def page_that(verdict: Verdict) -> Case:
    return Case(outcome=outcome(verdict))


def without_anchor(link: str) -> Case:
    return Case(link, replace(outcome(Verdict.OK), missing=("y",)))


def ignoring(pattern: str, until: str = "") -> Case:
    return Case(settings=SETTINGS.format(pattern, until))


THERE = Case()
CASES = {
    "uncanonical-link": (Case("http://arxiv.org/abs/2106.09685"), Case("https://arxiv.org/abs/2106.09685")),
    "moved-link": (page_that(Verdict.MOVED), THERE),
    "broken-link": (page_that(Verdict.BROKEN), THERE),
    "blocked-link": (page_that(Verdict.BLOCKED), THERE),
    "unsure-link": (page_that(Verdict.UNSURE), THERE),
    "suspect-link": (page_that(Verdict.SUSPECT), THERE),
    "missing-anchor": (without_anchor(f"{URL}#y"), without_anchor(f"{URL}#x")),
    "ignored-link-unused": (ignoring("https://c.org/*"), ignoring("https://a.org/*")),
    "ignored-link-expired": (
        ignoring("https://a.org/*", ", until = 2026-11-20"),
        ignoring("https://a.org/*", ", until = 2026-11-21"),
    ),
}
"""For each rule that needs a live answer, what breaks it and what only looks like that."""


@pytest.mark.parametrize("rule", [rule.name for rule in catalogue().values() if rule.online])
def test_every_rule_that_needs_a_live_answer_fires_where_it_should_alone(tmp_path: Path, rule: str) -> None:
    sick, silent = CASES[rule]
    assert (sick.rules(tmp_path / "sick"), silent.rules(tmp_path / "silent")) == ({rule}, set())


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ("contakt = 'a'", "did you mean 'contact'?"),
        ("arxiv_gap = -1", "a number of seconds"),
        ("per_host = 0", "a whole number"),
        ("allow_private = 'yes'", "true or false"),
        ("doi = 'doi.org'", "https://"),
        ("contact = 'a\\nX-Y: z'", "a line of text"),
        ("ignore = 'a'", "a list"),
        ("ignore = ['a']", "a table"),
        ("ignore = [{ pattern = 'a' }]", "needs a reason"),
        ("ignore = [{ pattern = 'a', reason = 'b', until = '2027-01-01' }]", "a day without quotes"),
        ("ignore = [{ pattern = 'a', reason = 'b', untill = 2027-01-01 }]", "did you mean 'until'?"),
    ],
)
def test_a_faulty_setting_is_named_and_has_no_effect(tmp_path: Path, links: str, words: str) -> None:
    links = links.replace("'", '"')
    read = library(tmp_path, {"pyproject.toml": f"[tool.commonplace.links]\n{links}\n"})
    [fault] = read.diagnostics
    assert (fault.rule, fault.location.line) == ("broken-settings", 2)
    assert words in fault.message
    assert read.settings.links == type(read.settings.links)()
