"""Measures what a person waits for: the page after saving a note, the first result of a search."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import cycle, islice
from pathlib import Path

from book import address, edit_body, query
from builders import Builder
from costs import FailedError
from playwright.sync_api import Page, Response, sync_playwright
from playwright.sync_api import TimeoutError as Missing

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from browser import CHROMIUM, FLAGS, served, wait_for_first_result

_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between seeing a page and saving the next edit: some while the server still does other work."""
_INTERVAL = 0.01
_PATIENCE = 120.0
"""Seconds of waiting for pages after which no further edit is made."""
_TOO_LONG = 1800.0
_AGAIN = 3_000
"""Milliseconds without a result after which the query is typed again, so many times."""
_TIMES = 60


@dataclass(frozen=True)
class Found:
    """What the first result of a search took: seconds since the page was opened, bytes of what searches."""

    seconds: float
    size: int


def saved_to_page(builder: Builder, note: int, edits: int) -> list[float]:
    """Seconds from saving each edit to the page that shows it, asked for over HTTP."""
    waited = list[float]()
    with _serving(builder) as host:
        page = f"{host}/{address(note)}"
        _wait_for(page, b"</html>")
        for turn, pause in enumerate(islice(cycle(_PAUSES), edits)):
            if sum(waited) > _PATIENCE:
                break
            time.sleep(pause)
            edit_body(builder.root, note, f"Saved{turn}")
            start = time.perf_counter()
            _wait_for(page, f"Saved{turn}".encode())
            waited.append(time.perf_counter() - start)
    return waited


@contextmanager
def _serving(builder: Builder) -> Iterator[str]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - the benchmark's own commands
        builder.serving(port),
        cwd=builder.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _wait_for(page: str, text: bytes) -> None:
    end = time.monotonic() + _TOO_LONG
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(page, timeout=_TOO_LONG) as answer:  # noqa: S310 - on loopback
                if text in answer.read():
                    return
        except (OSError, HTTPException):
            pass  # it does not listen yet, or writes the page while it sends it
        time.sleep(_INTERVAL)
    raise FailedError(f"{page} did not show {text.decode()} in {_TOO_LONG:.0f} s")


def first_result(builder: Builder, note: int) -> Found | None:
    """What a query for words of a note costs in a browser with nothing kept; None where there is none."""
    if not CHROMIUM.exists():
        return None
    with sync_playwright() as playwright, served(builder.site) as home:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page()
        loaded = list[Response]()
        page.on("response", lambda response: loaded.append(response))
        start = time.perf_counter()
        page.goto(home)
        _search(page, query(builder.root, note), builder)
        seconds = time.perf_counter() - start
        # The browser itself does not keep an index of all texts long enough to be asked for it.
        size = sum(
            int(each.headers["content-length"]) for each in loaded if builder.search_files.search(each.url)
        )
        browser.close()
    return Found(seconds, size)


def _search(page: Page, words: str, builder: Builder) -> None:
    """Waits for the first result; a page that does not listen to its box yet is asked again."""
    page.set_default_timeout(_AGAIN)
    for _ in range(_TIMES):
        try:
            wait_for_first_result(page, words, builder.search_box)
        except Missing:
            page.locator(builder.search_box).fill("")
            page.locator(builder.search_box).blur()  # the page has not seen that the box was entered, either
        else:
            return
    raise FailedError(f"{builder.name}: the search for '{words}' shows nothing")
