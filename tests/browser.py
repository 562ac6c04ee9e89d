"""The real book, built once and served on this machine, with a browser to read it in."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
PREFIX = "/commonplace"
"""The book is served below a path, as project pages are, where an address from the host's root fails."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def build_book(folder: Path) -> Path:
    """Builds the site of this repository into `folder`, as its readers get it, from a copy of its files."""
    copy = folder.with_name(f"{folder.name}-files")
    shutil.copytree(ROOT / "notes", copy / "notes")
    for name in ("refs.bib", "refs.lock.json", "pyproject.toml", "mkdocs.yml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    (copy / "scripts").symlink_to(ROOT / "scripts")
    command = [sys.executable, "-m", "commonplace", "build", "--offline", "--root", str(copy)]
    subprocess.run(command, check=True)  # noqa: S603 - the command is ours
    (copy / "site").rename(folder)
    return folder


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder of the built book: one for all processes of a run."""
    shared = hasattr(request.config, "workerinput")
    base = tmp_path_factory.getbasetemp()
    base = base.parent if shared else base
    with (base / "book.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = base / "book"
        return built if built.exists() else build_book(built)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below the prefix, and quietly."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(f"{PREFIX}/")
        return super().translate_path(path.removeprefix(PREFIX) if inside else "/outside-of-the-book")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which `folder` is served as long as the context lasts; it ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site(book: Path) -> Iterator[str]:
    """The address of the real book; it ends in a slash."""
    with served(book) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where it is missing a test is skipped, but in CI it fails."""
    if not CHROMIUM.exists():
        remedy = f"there is no {CHROMIUM}; install the system's package `chromium`"
        if os.environ.get("CI") == "true":
            pytest.fail(remedy)
        pytest.skip(remedy)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with nothing in its cache."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def bytes_to_first_result(page: Page, query: str, box: str = "input[name=q]") -> int:
    """What a page loads for a query, entered at once, until its first result shows; bytes without headers."""
    responses = list[Response]()

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    wait_for_first_result(page, query, box)
    return sum(len(response.body()) for response in responses)


def wait_for_first_result(page: Page, query: str, box: str) -> None:
    """Enters a query at once, and waits until its first result shows."""
    page.locator(box).fill(query)
    page.locator(".md-search-result__item").first.wait_for()
