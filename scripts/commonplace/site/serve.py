"""Serves a library that is being written, and tells open pages when something changed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Condition, Event, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import watch

from commonplace.demos.standing import demonstrated, stale
from commonplace.kept_files import KEPT, read_kept
from commonplace.library import Library, load_library
from commonplace.lock_file import CACHE
from commonplace.notes import NOTES
from commonplace.search import IndexingError
from commonplace.site.build import STATE
from commonplace.site.live_index import LiveIndex
from commonplace.site.preview import Preview
from commonplace.site.shell import CONFIGURATION, SiteError, open_shell

_CHANGES = "/.changes"
_RELOADING = (
    "<script>new EventSource('/.changes?since={}').onmessage = () => location.reload()</script></body>"
)
_DEBOUNCE = 40
"""Milliseconds in which several files that are saved at once count as one change."""
_CALM = 2.0
"""Seconds without a change after which the search index follows."""
_BREATH = 0.5
"""Seconds after a change before the library is checked."""
_PATIENCE = 15.0
"""Seconds after which a waiting page is told that nothing happened: one that was closed is noticed then."""

Told = Callable[[Library | SiteError], None]


class Book:
    """The library as it is now, as a site; each new state of it takes the place of the last in one step."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self._at = root, f"http://{address}/"
        self._kept, self._shell = read_kept(root / CACHE / KEPT), open_shell(root, self._at)
        self._changed, self._stale = Condition(), Event()
        # Pages that stayed open over a restart know another number, and load anew.
        self.number = time.time_ns()
        self._index = LiveIndex(root / STATE / "search")
        library = load_library(root, dt.date.today(), self._kept)
        self.library = demonstrated(library, stale(library))
        self.preview = Preview(self.library, self._shell, self._index.files)
        self._stale.set()

    def change(self, paths: set[str]) -> None:
        """Reads the files that changed, and shows what they say.

        Raises:
            SiteError: mkdocs.yml is wrong now; the site is shown as it was before.

        """
        if CONFIGURATION in paths:
            self._shell = open_shell(self.root, self._at)
        self._kept.forget(paths)
        library = load_library(self.root, dt.date.today(), self._kept)
        self._show(library)
        if demos := stale(library):
            # What a demo comes to may take a while; until then its note is shown without it.
            self._show(demonstrated(library, demos))

    def _show(self, library: Library) -> None:
        with self._changed:
            self.library, self.preview = library, Preview(library, self._shell, self._index.files)
            self.number += 1
            self._changed.notify_all()
        self._stale.set()

    def is_past(self, number: int) -> bool:
        """Whether the site is another than that of `number`; waits a while for it to become so."""
        with self._changed:
            return self._changed.wait_for(lambda: self.number != number, _PATIENCE)

    def keep_indexed(self) -> None:
        """Renews the search index whenever the library has changed and is calm again; never ends."""
        while self._stale.wait():
            self._stale.clear()
            if self._index.files and self._stale.wait(_CALM):
                continue
            try:
                self._index.renew(self.library)
            except IndexingError:
                continue  # what is wrong with it, a build says
            self.preview = Preview(self.library, self._shell, self._index.files)


def serve(root: Path, address: str, told: Told = lambda library: None) -> None:
    """Shows the site at `address`, as host:port, and each change to it, until it is interrupted.

    `told` is handed the library at first, and again after each change.

    Raises:
        SiteError: mkdocs.yml is missing or wrong, or the address is taken.

    """
    book = Book(root, address)
    with _listening(address, book) as server:
        for work in (server.serve_forever, book.keep_indexed, partial(_keep_telling, book, told)):
            Thread(target=work, daemon=True).start()
        for paths in _changes(root):
            try:
                book.change(paths)
            except SiteError as fault:
                told(fault)


def _keep_telling(book: Book, told: Told) -> None:
    """Hands each state of the library on, the newest where several came meanwhile; never ends."""
    number = 0
    while True:
        if book.is_past(number):
            time.sleep(_BREATH)  # the page that was saved is asked for now, and comes first
            number = book.number
            told(book.library)


def _listening(address: str, book: Book) -> ThreadingHTTPServer:
    host, _, port = address.rpartition(":")
    try:
        return ThreadingHTTPServer((host.strip("[]"), int(port)), partial(_Handler, book))
    except OSError as fault:
        raise SiteError(f"{address}: {fault.strerror}; name another with --address") from None
    except (ValueError, OverflowError):
        raise SiteError(f"{address}: not a host and a port; name another with --address") from None


def _changes(root: Path) -> Iterator[set[str]]:
    """The files of the library that changed, relative to its root, each few that were saved at once."""
    found = Queue[set[str]]()
    # The root itself holds environments and caches with more files than the system watches at once.
    for folder, deep in ((root, False), (root / NOTES, True)):
        Thread(target=_watch, args=(root, folder, deep, found), daemon=True).start()
    while True:
        yield found.get()


def _watch(root: Path, folder: Path, deep: bool, found: Queue[set[str]]) -> None:
    changes = watch(folder, recursive=deep, debounce=_DEBOUNCE, step=10, raise_interrupt=False)
    for each in changes:
        found.put({Path(path).relative_to(root).as_posix() for _, path in each})


class _Handler(BaseHTTPRequestHandler):
    """Answers from the book as it is at the moment of the request."""

    protocol_version = "HTTP/1.1"

    def __init__(self, book: Book, *rest: object) -> None:
        self._book = book
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page, a file, or word of changes."""
        asked = urlsplit(self.path)
        if asked.path == _CHANGES:
            self._tell(int(parse_qs(asked.query)["since"][0]))
            return
        number = self._book.number
        answer = self._book.preview.answer(unquote(asked.path).removeprefix("/"))
        body = answer.body
        if answer.kind.startswith("text/html"):
            body = body.replace(b"</body>", _RELOADING.format(number).encode())
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if answer.status == 301:
            self.send_header("Location", f"{asked.path}/")
        self.end_headers()
        self.wfile.write(body)

    def _tell(self, number: int) -> None:
        """Holds the line until something changes, as long as the page is there."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self._book.is_past(number):
                self.wfile.write(b": nothing yet\n\n")
            self.wfile.write(b"data: changed\n\n")
        except OSError:
            pass  # the page was closed
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what is wrong, the checks say."""
