"""A run of `commonplace links`: what it says, what it keeps, and that nothing it was told is ever lost."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import kill, run_links, start, tree, until, write_library
from servers.arxiv_server import ArxivServer, Paper
from servers.doi_server import DoiServer, Work
from servers.loopback import Exchange, Seen
from servers.web_server import WebServer

from commonplace.answers import Answer
from commonplace.lock_file import LOCK_FILE, read_lock

PAPERS = [Paper(f"2101.{number:05}", f"Work number {number} of many") for number in range(1, 251)]
IDS = [paper.id for paper in PAPERS]


class _Gate(ArxivServer):
    """Holds each request from the `held`th on until the gate is opened."""

    def __init__(self) -> None:
        super().__init__(PAPERS)
        self.held = 0
        self.opened = threading.Event()

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        if self.held and len(self.seen) >= self.held:
            self.opened.wait(60)
        super().answer(exchange, seen)


@dataclass
class _World:
    """The registries and the web that a library's addresses lead to."""

    arxiv: _Gate
    doi: DoiServer
    web: WebServer

    @property
    def settings(self) -> dict[str, str]:
        at = dict.fromkeys(("doi", "crossref", "datacite", "wayback"), self.doi.url)
        return {"arxiv_api": self.arxiv.api, **at}


@pytest.fixture
def world() -> Iterator[_World]:
    with (
        _Gate() as arxiv,
        DoiServer([Work("10.1038/nature14539", "Deep learning")]) as doi,
        WebServer() as web,
    ):
        yield _World(arxiv, doi, web)
        arxiv.opened.set()


def _many(root: Path, world: _World) -> Path:
    text = "\n".join(f"- arXiv:{each}" for each in IDS)
    return write_library(root, notes={"index": f"# List\n\n{text}\n"}, **world.settings)


def _answers(root: Path) -> dict[str, Answer]:
    lock = read_lock(root)
    assert lock.diagnostics == (), "the file is whole"
    return dict(lock.answers)


def _entry(key: str, title: str, eprint: str) -> str:
    return (
        f"@misc{{{key},\n  author = {{Lovelace, Ada}},\n  title = {{{title}}},\n  year = {{2021}},\n"
        f"  eprint = {{{eprint}}},\n  archiveprefix = {{arXiv}},\n}}\n"
    )


def test_a_library_whose_links_are_right_is_clean(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\nSee <{world.web.url}/page>, arXiv:2101.00001 and doi:10.1038/nature14539.\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    ran = run_links(root)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("clean: 2 identifiers and 1 page")
    assert set(_answers(root)) == {"arXiv:2101.00001", "doi:10.1038/nature14539"}


def test_a_second_run_asks_nothing_again(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\nSee <{world.web.url}/page>, arXiv:2101.00001 and doi:10.1038/nature14539.\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    run_links(root)
    before = tree(root)
    for server in (world.arxiv, world.doi, world.web):
        server.forget()
    assert run_links(root).returncode == 0
    assert [world.arxiv.seen, world.doi.seen, world.web.seen] == [[], [], []]
    assert tree(root) == before


def test_each_fault_is_named_at_its_place(tmp_path: Path, world: _World) -> None:
    note = (
        f"# A note\n\nIt is [gone]({world.web.url}/status/404).\n\n"
        f"It has [moved]({world.web.url}/moved).\n\nIt never was: arXiv:2301.00001.\n"
    )
    wrong = _entry("other", "An entirely different matter", "2101.00002").replace(
        "Lovelace, Ada", "Hopper, G."
    )
    root = write_library(tmp_path, notes={"index": note}, registry=wrong, **world.settings)
    ran = run_links(root, "--format", "json")
    assert ran.returncode == 1
    found = {(each["path"], each["line"], each["rule"]) for each in json.loads(ran.stdout)["diagnostics"]}
    assert {
        ("notes/index.md", 3, "broken-link"),
        ("notes/index.md", 5, "moved-link"),
        ("notes/index.md", 7, "does-not-exist"),
    } <= found
    assert ("refs.bib", "wrong-paper") in {(path, rule) for path, _, rule in found}


def test_what_is_not_certain_fails_only_where_that_is_asked_for(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\n[refused]({world.web.url}/status/403), [moved]({world.web.url}/moved)\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    assert run_links(root).returncode == 0
    assert run_links(root, "--strict").returncode == 1


def test_a_dry_run_shows_the_plan_and_asks_nothing(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\nSee <{world.web.url}/page>, arXiv:2101.00001 and doi:10.1038/nature14539.\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    before = tree(root)
    ran = run_links(root, "--dry-run")
    assert ran.returncode == 0
    for part in (f"{world.web.url}/page", "arXiv:2101.00001", "doi:10.1038/nature14539"):
        assert part in ran.stdout
    assert [world.arxiv.seen, world.doi.seen, world.web.seen] == [[], [], []]
    assert tree(root) == before


def test_without_a_network_nothing_is_recorded_and_that_is_said(tmp_path: Path) -> None:
    closed = "http://127.0.0.1:1"
    settings = dict.fromkeys(("arxiv_api", "doi", "crossref", "datacite", "wayback"), closed)
    note = f"# A note\n\nSee <{closed}/page>, arXiv:2101.00001 and doi:10.1038/nature14539.\n"
    root = write_library(tmp_path, notes={"index": note}, **settings)
    before = tree(root)
    ran = run_links(root)
    assert ran.returncode == 3
    assert "Nothing could be reached" in ran.stderr
    assert ran.stdout == ""
    assert tree(root) == before
    assert not (root / ".cache" / "links.json").exists()


def test_a_lock_file_that_cannot_be_understood_stays_and_nothing_is_asked(
    tmp_path: Path, world: _World
) -> None:
    root = _many(tmp_path, world)
    (root / LOCK_FILE).write_text('{"schema": 99, "answers": {}}')
    before = tree(root)
    ran = run_links(root)
    assert ran.returncode == 2
    assert LOCK_FILE in ran.stderr
    assert world.arxiv.seen == []
    assert tree(root) == before


def test_fixes_are_made_and_shown(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\nIt has [moved]({world.web.url}/moved), as [this](http://arxiv.org/pdf/2101.00001v1.pdf).\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    ran = run_links(root, "--fix")
    assert f"+It has [moved]({world.web.url}/new/place)" in ran.stdout
    assert f"({world.web.url}/new/place)" in (root / "notes/index.md").read_text()


def test_a_report_for_programs_holds_no_diff(tmp_path: Path, world: _World) -> None:
    note = f"# A note\n\nIt has [moved]({world.web.url}/moved).\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    ran = run_links(root, "--fix", "--format", "json")
    assert json.loads(ran.stdout)["diagnostics"] == []
    assert "+It has [moved]" in ran.stderr


def test_a_dead_page_is_reported_with_the_archives_copy(tmp_path: Path, world: _World) -> None:
    gone = f"{world.web.url}/status/404"
    world.doi.copies.add(gone)
    root = write_library(tmp_path, notes={"index": f"# A note\n\n<{gone}>\n"}, **world.settings)
    assert f"/web/20240102030405/{gone}" in run_links(root, "--archive").stdout


def test_on_a_branch_only_what_it_touches_is_asked(tmp_path: Path, world: _World) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - git on this folder

    entries = _entry("lovelace2021one", "Work number 1 of many", "2101.00001")
    notes = {"index": f"# Old\n\n<{world.web.url}/old>\n"}
    root = write_library(tmp_path, notes=notes, registry=entries, **world.settings)
    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "before")
    (root / "notes/new.md").write_text(f"# New\n\n<{world.web.url}/new>\n")
    (root / "refs.bib").write_text(entries + _entry("lovelace2021two", "Work number 2 of many", "2101.00002"))
    run_links(root, "--changed", "main")
    assert world.web.targets == ["/new"]
    assert world.arxiv.batches == [["2101.00002", "1706.03762"]]


def test_a_run_that_is_out_of_time_keeps_what_it_has_and_says_how_much_is_open(
    tmp_path: Path, world: _World
) -> None:
    root = _many(tmp_path, world)
    world.arxiv.held = 2
    ran = run_links(root, "--deadline", "4")
    assert "150 links went unchecked" in ran.stderr
    assert len(_answers(root)) == 100


def test_a_run_killed_before_the_first_answer_leaves_the_library_as_it_was(
    tmp_path: Path, world: _World
) -> None:
    root = _many(tmp_path, world)
    before = tree(root)
    world.arxiv.held = 1
    process = start(root)
    until(lambda: len(world.arxiv.seen) == 1)
    kill(process)
    assert tree(root) == before


@pytest.mark.parametrize("batches", [1, 2])
def test_a_run_killed_in_the_middle_loses_nothing_that_was_answered(
    tmp_path: Path, world: _World, batches: int
) -> None:
    root = _many(tmp_path, world)
    world.arxiv.held = batches + 1
    process = start(root)
    until(lambda: len(_answers(root)) >= 100 * batches and len(world.arxiv.seen) > batches)
    kill(process)
    assert sorted(_answers(root)) == [f"arXiv:{each}" for each in IDS[: 100 * batches]]
    world.arxiv.held = 0
    world.arxiv.opened.set()
    world.arxiv.forget()
    assert run_links(root).returncode == 0
    assert len(_answers(root)) == 250
    assert not {each for batch in world.arxiv.batches for each in batch} & set(IDS[: 100 * batches])


def test_a_run_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path, world: _World) -> None:
    root = _many(tmp_path, world)
    known = 0
    for _ in range(6):
        process = start(root)
        time.sleep(random.uniform(0.2, 1.5))  # noqa: S311 - any moment will do
        kill(process)
        answered = len(_answers(root))
        assert answered >= known, "nothing is lost"
        known = answered
    assert run_links(root).returncode == 0
    assert len(_answers(root)) == 250


def test_two_runs_at_once_spoil_nothing_and_keep_arxivs_gap_between_them(
    tmp_path: Path, world: _World
) -> None:
    root = _many(tmp_path, world)
    world.arxiv.gap = 0.05
    world.arxiv.delay = 0.05
    runs = [start(root), start(root)]
    assert [process.wait(60) for process in runs] == [0, 0]
    for process in runs:
        process.communicate()
    assert len(_answers(root)) == 250
    assert (world.arxiv.violations, world.arxiv.most_at_once) == (0, 1)
    assert min(world.arxiv.gaps) >= 0.05


def test_answers_that_lead_nowhere_any_more_are_left_out(tmp_path: Path, world: _World) -> None:
    root = _many(tmp_path, world)
    run_links(root)
    (root / "notes/index.md").write_text("# List\n\narXiv:2101.00001\n")
    run_links(root)
    assert set(_answers(root)) == {"arXiv:2101.00001"}


def test_what_a_file_that_cannot_be_read_may_name_is_kept(tmp_path: Path, world: _World) -> None:
    root = _many(tmp_path, world)
    run_links(root)
    (root / "notes/index.md").write_bytes(b"\xff\xfe")
    run_links(root)
    assert len(_answers(root)) == 250


def test_an_arxiv_in_trouble_costs_no_other_answer(tmp_path: Path, world: _World) -> None:
    world.arxiv.always = "403"
    note = f"# A note\n\n<{world.web.url}/page>, arXiv:2101.00001 and doi:10.1038/nature14539.\n"
    root = write_library(tmp_path, notes={"index": note}, **world.settings)
    ran = run_links(root, "--hints")
    assert ran.returncode == 0
    assert "blocked-link" in ran.stdout
    assert set(_answers(root)) == {"doi:10.1038/nature14539"}
    assert len(world.arxiv.seen) == 1


def test_a_work_that_was_called_otherwise_at_first_is_known_by_that_name(
    tmp_path: Path, world: _World
) -> None:
    old, new = "On frozen water", "Scaling laws of sea ice"
    published = "2021-02-01T00:00:00Z"
    world.arxiv.papers["2102.00001"] = Paper(
        "2102.00001", new, published=published, versions=3, first_title=old
    )
    registry = _entry("lovelace2021water", old, "2102.00001")
    root = write_library(tmp_path, notes={"index": "# A note\n"}, registry=registry, **world.settings)
    ran = run_links(root, "--strict")
    assert (ran.returncode, ran.stdout) == (0, "clean: 1 identifier and 0 pages\n")
    versions = _answers(root)["arXiv:2102.00001"].versions
    assert [version.title for version in versions] == [old, "", ""]
    assert len(world.arxiv.seen) == 2
    assert run_links(root).returncode == 0
    assert len(world.arxiv.seen) == 2, "what was found is kept"


def test_after_a_403_arxiv_is_asked_nothing_more_in_the_same_run(tmp_path: Path, world: _World) -> None:
    """Not even where an answer of an earlier run is in doubt."""
    paper = Paper("2102.00001", "Scaling laws of sea ice", versions=2)
    world.arxiv.papers[paper.id] = paper
    registry = _entry("lovelace2021water", "On frozen water", paper.id)
    root = write_library(tmp_path, notes={"index": "# A note\n"}, registry=registry, **world.settings)
    world.arxiv.moments.extend(["", "403"])
    run_links(root)
    (root / "notes/index.md").write_text("# A note\n\narXiv:2101.00001\n")
    world.arxiv.forget()
    world.arxiv.always = "403"
    run_links(root)
    assert len(world.arxiv.seen) == 1
