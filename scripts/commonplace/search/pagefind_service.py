"""Has Pagefind index pages in their order, without a file for each, as its own interfaces do."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any, cast

from pagefind_bin import get_executable

_AT_ONCE = 1 << 16


class IndexingError(RuntimeError):
    """An index that could not be made; the message says why."""


def index_of(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Pagefind's index of some pages, each with its address from the host's root: its files by their names.

    Its Python interface waits a tenth of a second for every answer; here everything is asked at once.

    Raises:
        IndexingError: Pagefind failed.

    """
    asked: list[dict[str, Any]] = [{"type": "NewIndex", "config": None}]
    asked += ({"type": "AddFile", "index_id": 0, "url": url, "file_contents": page} for url, page in pages)
    asked += [{"type": "GetFiles", "index_id": 0}]
    # Settings of the surroundings, which Pagefind also reads, must not change the index.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    with (
        TemporaryDirectory(prefix="commonplace-search-") as nowhere,
        subprocess.Popen(  # noqa: S603 - the program is the one installed with the package
            [str(get_executable()), "--service"],
            cwd=nowhere,
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as program,
    ):
        asking = Thread(target=_ask, args=(asked, program))
        asking.start()
        try:
            for answer in islice(_answers(program), len(asked)):
                if answer["type"] == "Error":
                    raise IndexingError(f"Pagefind could not index the notes: {answer['message']}")
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        finally:
            program.kill()
            asking.join()


def _ask(asked: Iterable[dict[str, Any]], program: subprocess.Popen[bytes]) -> None:
    hearing = cast(IO[bytes], program.stdin)
    try:
        for number, payload in enumerate(asked):
            message = json.dumps({"message_id": number, "payload": payload}).encode()
            hearing.write(base64.b64encode(message) + b",")
        hearing.flush()
    except OSError:
        return  # it ended before it had heard everything: its answers end too, which is told


def _answers(program: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """What Pagefind answers to each question, in the order of the questions."""
    saying, begun = cast(IO[bytes], program.stdout).fileno(), list[bytes]()
    while data := os.read(saying, _AT_ONCE):
        *ends, rest = data.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*begun, end])))["payload"]
            begun = []
        begun.append(rest)
    raise IndexingError("Pagefind ended before the notes were indexed")
