"""The index is made in parts: an edit makes one of them again, and the whole is as if it was made at once."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest

from commonplace.model import Note
from commonplace.search import FOLDER, KeptPieces, index_files, parts
from commonplace.search.cuts import LARGE, runs
from commonplace.search.pagefind_service import index_of
from commonplace.search.parts import Part, divide, parts_of
from commonplace.search.record_page import record_page
from commonplace.search.records import Passage, Record, records, sources, url
from sample_books import HEALTHY, ROOT, loaded

RECORDS = list(records(loaded(ROOT)))
MANY = 12
"""Records a part that make several parts of the real book."""


def written(divided: Sequence[Part], kept: KeptPieces | None = None) -> dict[str, bytes]:
    """The files of an index."""
    return {file.address.removeprefix(f"{FOLDER}/"): file.content() for file in index_files(divided, kept)}


def decoded(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))


def told(files: dict[str, bytes]) -> dict[str, Any]:
    """All that an index says of each page, by the page's address: where its words stand, and its facets."""
    entry = json.loads(files["pagefind-entry.json"])
    _, pages, chunks, facets, _, fields = decoded(
        files[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"]
    )
    shown = [json.loads(gzip.decompress(files[f"fragment/{name}.pf_fragment"])[12:]) for name, _ in pages]
    said: dict[str, Any] = {page["url"]: {"shown": page, "fields": fields} for page in shown}

    def place(word: str, row: list[Any]) -> None:
        at = 0
        for distance, places, of_fields in row:
            at += distance
            said[shown[at]["url"]][word] = (places, of_fields)

    for _, _, name in chunks:
        for word, row, variants in decoded(files[f"index/{name}.pf_index"])[0]:
            place(word, row)
            for form, of_form in variants:
                place(f"{word} as {form}", of_form)
    for facet, name in facets:
        for value, numbers in decoded(files[f"filter/{name}.pf_filter"])[1]:
            for number in numbers:
                said[shown[number]["url"]][f"{facet} is {value}"] = True
    return said


def test_the_parts_make_the_index_that_pagefind_makes_of_all_records_at_once() -> None:
    """Page for page, word for word, place for place: so it finds and ranks the same."""
    at_once = index_of((f"/{record.url}", record_page(record)) for record in RECORDS)
    divided = parts_of(RECORDS, MANY)
    assert len(divided) >= 8
    assert told(written(divided)) == told(at_once)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Where the parts of the real book are kept, and their index."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, written(parts_of(RECORDS, MANY), KeptPieces(folder))


@pytest.fixture
def kept(before: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Path:
    """A copy of the parts that are kept."""
    return shutil.copytree(before[0], tmp_path / "kept")


def edited(number: int) -> list[Record]:
    """The records with one of which the last passage says more."""
    record = RECORDS[number]
    longer = replace(record, passages=(*record.passages, Passage("Quite another zzyzx.")))
    return [*RECORDS[:number], longer, *RECORDS[number + 1 :]]


def test_an_edit_makes_one_part_again_and_gives_the_index_of_a_build_from_nothing(
    before: tuple[Path, dict[str, bytes]], kept: Path
) -> None:
    names = {path.name for path in kept.iterdir()}
    after = written(parts_of(edited(5), MANY), KeptPieces(kept))
    assert len({path.name for path in kept.iterdir()} - names) == 1
    assert len(names - {path.name for path in kept.iterdir()}) == 1
    assert after == written(parts_of(edited(5), MANY))


def test_an_edit_changes_only_the_files_that_tell_of_what_was_edited(
    before: tuple[Path, dict[str, bytes]], kept: Path
) -> None:
    after = written(parts_of(edited(5), MANY), KeptPieces(kept))
    fresh = [name for name, data in after.items() if before[1].get(name) != data]
    changed = {name.split("/")[0].split(".")[-1] for name in fresh}
    assert changed == {"fragment", "index", "json", "pf_meta"}
    assert sum(name.startswith("fragment/") for name in fresh) == 1
    words = {word for name in fresh if name.startswith("index/") for word, *_ in decoded(after[name])[0]}
    assert {"quit", "anoth", "zzyzx"} <= words
    # The words are three; what stands beside them in their files is all that changes with them.
    assert sum(name.startswith("index/") for name in fresh) <= 3


def test_without_an_edit_nothing_is_made_and_nothing_changes(
    before: tuple[Path, dict[str, bytes]], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonplace.search.index.index_of", None)
    assert written(parts_of(RECORDS, MANY), KeptPieces(kept)) == before[1]


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-7], lambda data: b"", lambda data: data[:99] + b"?" + data[100:]]
)
def test_what_was_kept_and_is_torn_is_made_again(
    before: tuple[Path, dict[str, bytes]], kept: Path, harm: Callable[[bytes], bytes]
) -> None:
    for path in kept.iterdir():
        path.write_bytes(harm(path.read_bytes()))
    assert written(parts_of(RECORDS, MANY), KeptPieces(kept)) == before[1]


def test_the_parts_of_a_growing_book_keep_their_records_until_there_are_twice_as_many_parts() -> None:
    addresses = [f"papers/work-{number}/" for number in range(80)]
    some, more = divide(addresses[:50], str, 20), divide(addresses, str, 20)
    assert [len(some), len(more)] == [4, 4]
    assert all(set(few) <= set(many) for few, many in zip(some, more, strict=True))
    assert len(divide([*addresses, "papers/new/"], str, 20)) == 8


SHOWN = [source.path for source in sources(loaded(HEALTHY)) if isinstance(source, Note)]


@pytest.mark.parametrize("path", ["refs.bib", *SHOWN])
def test_a_part_is_another_whenever_one_of_its_records_is(tmp_path: Path, path: str) -> None:
    """Every word of every file is changed in turn: the digests see whatever the records show."""
    root = shutil.copytree(HEALTHY, tmp_path / "book")
    text = (root / path).read_text(encoding="utf-8")
    library = loaded(root)
    known = {part.digest: list(part.records()) for part in parts(library)}
    words = sorted({word for word in text.split() if word.isalpha()})
    seen = 0
    for word in words:
        (root / path).write_text(text.replace(word, f"{word}x"), encoding="utf-8")
        for part in parts(loaded(root)):
            if part.digest in known:
                assert list(part.records()) == known[part.digest], word
            else:
                seen += 1
    assert seen


def test_words_that_begin_alike_stand_in_one_file_unless_they_are_too_many() -> None:
    words = ["a", "apple", "apply", "bat", "bath", "batter", "cat"]
    small = dict.fromkeys(words, 10)
    assert list(runs(words, small, 0)) == [words]
    large = {**small, **dict.fromkeys(["bat", "bath", "batter"], LARGE // 2)}
    assert list(runs(words, large, 0)) == [["a", "apple", "apply"], ["bat", "bath"], ["batter"], ["cat"]]
    huge = {**small, "bath": LARGE * 3}
    assert list(runs(words, huge, 0)) == [["a", "apple", "apply"], ["bat"], ["bath"], ["batter"], ["cat"]]


def test_every_source_has_its_record() -> None:
    library = loaded(ROOT)
    assert [url(source) for source in sources(library)] == [record.url for record in records(library)]
