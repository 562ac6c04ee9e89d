"""What search knows of a book: every record of the healthy one, as in golden/, and more.

Where a change is meant, `REWRITE_GOLDEN=1 .venv/bin/pytest tests/search/test_records.py` writes golden/ anew.
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest

from commonplace.search.record_page import record_page
from commonplace.search.records import Record, records
from sample_books import HEALTHY, HOSTILE, loaded, written

GOLDEN = Path(__file__).parent / "golden"
RECORDS = {record.url: record for record in records(loaded(HEALTHY))}

REGISTRY = """
@inproceedings{DBLP:conf/x,
  author = {van den Oord, Aäron and Li, Yazhe},
  title  = {Contrastive Coding: A {CPC} Story},
  year   = {2019},
  eprint = {1807.03748},
}
@article{noted2020,
  author = {Noted, A.},
  title  = {Noted},
  year   = {2020},
}
"""


def file_of(url: str) -> Path:
    """The golden file of the record with this address."""
    return GOLDEN / f"{url.strip('/').replace('/', '-').replace('#', '')}.html"


@pytest.fixture(scope="module", autouse=True)
def golden() -> None:
    """Writes the golden files anew where that is asked for."""
    if "REWRITE_GOLDEN" not in os.environ:
        return
    for old in GOLDEN.glob("*.html"):
        old.unlink()
    GOLDEN.mkdir(exist_ok=True)
    for url, record in RECORDS.items():
        file_of(url).write_text(record_page(record), encoding="utf-8")


@pytest.mark.parametrize("url", RECORDS)
def test_a_record_is_exactly_as_in_its_golden_file(url: str) -> None:
    assert record_page(RECORDS[url]) == file_of(url).read_text(encoding="utf-8")


def test_no_golden_file_is_of_a_record_that_is_gone() -> None:
    assert sorted(GOLDEN.glob("*.html")) == sorted(map(file_of, RECORDS))


def small(tmp_path: Path, note: str) -> dict[str, Record]:
    files = {"refs.bib": REGISTRY, "notes/papers/noted.md": note}
    return {record.url: record for record in records(written(tmp_path, files))}


def test_a_reference_without_a_note_is_found_and_leads_to_its_entry(tmp_path: Path) -> None:
    """A key may hold a slash, which stands in the address as a browser reads it back."""
    found = small(tmp_path, "---\nref: noted2020\n---\nText.\n")
    record = found["bibliography/#DBLP:conf%2Fx"]
    assert record.kind == "reference"
    assert record.authors == ("Aäron van den Oord", "Yazhe Li")
    assert len(found) == 2


def test_a_whole_name_is_indexed_as_one_word_without_accents(tmp_path: Path) -> None:
    page = record_page(small(tmp_path, "---\nref: noted2020\n---\n")["bibliography/#DBLP:conf%2Fx"])
    assert 'data-pagefind-meta="called[content]" content="contrastivecodingacpcstory‿"' in page
    assert 'data-pagefind-meta="also_called[content]" content="contrastivecoding‿ aaronvandenoord‿' in page
    assert " oord‿ " in page


def test_the_first_author_with_either_year_is_indexed_as_one_word(tmp_path: Path) -> None:
    page = record_page(small(tmp_path, "---\nref: noted2020\n---\n")["bibliography/#DBLP:conf%2Fx"])
    assert " oord2018‿ oordli2018‿ oord2019‿ oordli2019‿" in page


def test_what_a_note_is_named_stands_apart_from_what_else_it_is_called(tmp_path: Path) -> None:
    note = "---\nref: noted2020\nname: NT-1\naliases: [nt 1, note taker]\n---\n"
    page = record_page(small(tmp_path, note)["papers/noted/"])
    assert 'data-pagefind-meta="name[content]" content="nt1‿"' in page
    assert 'data-pagefind-meta="called[content]" content="noted‿ notetaker‿"' in page


def test_the_first_words_of_a_name_stand_apart_from_whole_names(tmp_path: Path) -> None:
    note = "---\nref: noted2020\naliases: [note taking, note taking by hand]\n---\n"
    page = record_page(small(tmp_path, note)["papers/noted/"])
    assert 'data-pagefind-meta="called[content]" content="notetaking‿ notetakingbyhand‿"' in page
    assert 'data-pagefind-meta="begun[content]" content="notetakingby‿"' in page


def test_where_there_is_code_a_note_is_found_by_that_word_and_by_whose_it_is(tmp_path: Path) -> None:
    note = "---\nref: noted2020\ncode: https://github.com/somebody/taker\n---\n"
    assert small(tmp_path, note)["papers/noted/"].sorts == ("code", "github", "com", "somebody", "taker")


def test_text_of_a_stub_weighs_less_than_that_of_a_complete_note(tmp_path: Path) -> None:
    weights = [
        record_page(small(tmp_path, f"---\nref: noted2020\n{status}---\nText.\n")["papers/noted/"])
        for status in ("", "status: stub\n")
    ]
    assert '<p data-pagefind-weight="1">Text.</p>' in weights[0]
    assert '<p data-pagefind-weight="0.5">Text.</p>' in weights[1]


def test_formulas_citations_and_links_are_indexed_as_they_read(tmp_path: Path) -> None:
    text = "With $\\alpha^2$, as in [@DBLP:conf/x, §2], see [[noted|this]] and `code_here`."
    note = f"---\nref: noted2020\n---\n{text}\n"
    (passage,) = small(tmp_path, note)["papers/noted/"].passages
    assert passage.text == "With α^2, as in (van den Oord and Li, 2018), see this and code_here."


def test_no_word_of_a_ranked_field_begins_with_another_one(tmp_path: Path) -> None:
    """Pagefind would count `llama` again for `llamaindex`, and cube the sum; what is named first stays."""
    note = "---\nref: noted2020\naliases: [LlamaIndex, Llama 7B, an analysis]\n---\n"
    page = record_page(small(tmp_path, note)["papers/noted/"])
    assert 'data-pagefind-meta="ranked_names[content]" content="noted llamaindex 7b an analysis"' in page


def test_nothing_in_a_hostile_book_becomes_markup_of_the_index() -> None:
    for record in records(loaded(HOSTILE)):
        page = record_page(record)
        tags = {tag.lower() for tag in re.findall(r"</?([^\s>]+)", page)}
        assert tags <= {"!doctype", "html", "head", "meta", "body", "h2", "p"}
        assert f'content="{record.title}"' in unescape(page)
