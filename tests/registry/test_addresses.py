"""Every address of a library is found, once, with all its places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import LORA, library

from commonplace.markup import scan
from commonplace.model import Source
from commonplace.registry.addresses import collect, touched
from commonplace.registry.values import Address, Scheme
from commonplace.registry.written_addresses import in_markdown
from commonplace.web_address import BadAddressError, web_address

FORMS = [
    "https://arxiv.org/abs/2106.09685",
    "http://arxiv.org/abs/2106.09685v2",
    "https://www.arxiv.org/pdf/2106.09685v2.pdf",
    "https://export.arxiv.org/abs/2106.09685/",
    "https://arxiv.org/pdf/2106.09685#page=3",
    "https://arxiv.org/html/2106.09685v1",
    "https://arxiv.org/format/2106.09685",
    "https://arxiv.org/src/2106.09685",
    "https://arxiv.org/e-print/2106.09685v1",
    "https://arxiv.org/abs/2106.09685?context=cs.CL",
    "https://ar5iv.labs.arxiv.org/html/2106.09685",
    "https://ar5iv.org/abs/2106.09685",
    "https://www.alphaxiv.org/abs/2106.09685v2",
    "https://huggingface.co/papers/2106.09685",
    "https://doi.org/10.48550/arXiv.2106.09685",
    "https://dx.doi.org/10.48550/ARXIV.2106.09685",
]


def of_note(root: Path, body: str) -> dict[str, Address]:
    """The addresses of a note with this body, by name."""
    return {each.name: each for each in collect(library(root, {"notes/a.md": body}))}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_an_arxiv_link_is_one_id(tmp_path: Path, form: str) -> None:
    assert list(of_note(tmp_path, f"[x]({form})\n")) == ["arXiv:2106.09685"]


def test_all_forms_together_are_one_address_with_every_place(tmp_path: Path) -> None:
    body = "".join(f"- [x]({form})\n" for form in FORMS)
    [address] = of_note(tmp_path, body).values()
    assert [place.written for place in address.places] == FORMS
    assert [place.location.line for place in address.places] == list(range(1, len(FORMS) + 1))
    assert {place.location.column for place in address.places} == {7}


def test_the_version_of_each_place_is_kept(tmp_path: Path) -> None:
    [address] = of_note(tmp_path, "arXiv:2106.09685v1, arXiv:2106.09685 and arXiv:2106.09685v2.\n").values()
    assert [place.version for place in address.places] == [1, None, 2]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("See arXiv:1706.03762.", "arXiv:1706.03762"),
        ("See (arxiv: 1706.03762v7 [cs.CL])", "arXiv:1706.03762"),
        ("See arXiv:math.GT/0309136, p. 2", "arXiv:math/0309136"),
        ("See doi:10.1038/NATURE14539.", "doi:10.1038/nature14539"),
        ("(doi:10.1016/0021-9991(90)90007-N)", "doi:10.1016/0021-9991(90)90007-n"),
        ("<https://doi.org/10.1038/nature14539>", "doi:10.1038/nature14539"),
        ("[a](http://dx.doi.org/10.1038%2Fnature14539)", "doi:10.1038/nature14539"),
        ("At https://a.org/b_(c), he", "https://a.org/b_(c)"),
        ("(at https://a.org/b)", "https://a.org/b"),
        ("*https://a.org/b*", "https://a.org/b"),
        ("| https://a.org/b|c |", "https://a.org/b"),
        ("# https://a.org/b", "https://a.org/b"),
        ("[text https://a.org/b]{unverified}", "https://a.org/b"),
        ("![alt](https://a.org/b.png)", "https://a.org/b.png"),
        ("[a][1]\n\n[1]: https://a.org/b", "https://a.org/b"),
        ("[a](//a.org/b)", "https://a.org/b"),
        ('<a href="https://a.org/b?c=1&amp;d=2">x</a>', "https://a.org/b?c=1&d=2"),
        ("<img src='https://a.org/b.png'>", "https://a.org/b.png"),
        (r"[a](https://a.org/b\_c)", "https://a.org/b_c"),
        ("[a](<https://a.org/b c>)", "https://a.org/b%20c"),
        ("[a](HTTPS://A.org:443)", "https://a.org/"),
        ("[a](https://a.org/é)", "https://a.org/%C3%A9"),
        ("[a](https://a.org/%c3%a9)", "https://a.org/%c3%a9"),
        ("[a](https://arxiv.org/list/cs.CL/recent)", "https://arxiv.org/list/cs.CL/recent"),
        ("[a](https://huggingface.co/papers/trending)", "https://huggingface.co/papers/trending"),
        ("[a](https://doi.org/)", "https://doi.org/"),
    ],
)
def test_an_address_is_found_however_it_is_written(tmp_path: Path, body: str, name: str) -> None:
    assert list(of_note(tmp_path, f"{body}\n")) == [name]


@pytest.mark.parametrize(
    "body",
    [
        "`https://a.org` and `arXiv:1706.03762`",
        "```\nhttps://a.org\n[x](https://a.org)\n```",
        "<!-- https://a.org -->",
        "[a](other.md), [b](#there), [c](/x), [[d]], [e](mailto:a@b.org)",
        "$\\text{https://a.org}$",
        "10.1038/nature14539 without its prefix",
    ],
)
def test_what_is_no_address_of_the_web_is_left_alone(tmp_path: Path, body: str) -> None:
    assert of_note(tmp_path, f"{body}\n") == {}


def test_a_links_text_is_kept_as_its_claim(tmp_path: Path) -> None:
    found = of_note(tmp_path, "[Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n")
    assert found["arXiv:1706.03762"].places[0].claims == "Attention Is All You Need"


def test_anchors_are_collected_and_the_page_is_one_address(tmp_path: Path) -> None:
    body = "[a](https://a.org/b#one) [b](https://a.org/b#two) [c](https://a.org/b#:~:text=x) [d](https://a.org/b)\n"
    [address] = of_note(tmp_path, body).values()
    assert (address.id, address.fragments, len(address.places)) == ("https://a.org/b", ("one", "two"), 4)


@pytest.mark.parametrize(
    ("body", "scheme", "words"),
    [
        ("arXiv:1713.03762", Scheme.ARXIV, "no month 13"),
        ("arXiv:2712.03762", Scheme.ARXIV, "yet to come"),
        ("[a](https://arxiv.org/abs/170603762)", Scheme.ARXIV, "YYMM.NNNNN"),
        ("[a](https://doi.org/10.1038)", Scheme.DOI, "10.NUMBER/SUFFIX"),
        ("[a](https://)", Scheme.WEB, "no host"),
        ("[a](http://[)", Scheme.WEB, "no address"),
        ("[a](https://a.org:99999/)", Scheme.WEB, "no address"),
    ],
)
def test_what_cannot_exist_says_why(tmp_path: Path, body: str, scheme: Scheme, words: str) -> None:
    [address] = of_note(tmp_path, f"{body}\n").values()
    assert address.scheme is scheme
    assert words in address.fault


def test_the_registry_names_its_identifiers_in_every_field(tmp_path: Path) -> None:
    entry = """@article{a2020,
  title = {T},
  eprint = {arXiv:2001.00001v2},
  doi = {https://doi.org/10.1000/A},
  url = {https://a.org/pdf},
  note = {With code at https://a.org/code, after arXiv:2001.00002},
}
"""
    found = {each.name: each.places[0] for each in collect(library(tmp_path, {"refs.bib": entry}))}
    assert {name: (place.location.line, place.reference) for name, place in found.items()} == {
        "arXiv:2001.00001": (3, "a2020"),
        "doi:10.1000/a": (4, "a2020"),
        "https://a.org/pdf": (5, "a2020"),
        "https://a.org/code": (6, ""),
        "arXiv:2001.00002": (6, ""),
    }


def test_an_eprint_of_another_archive_is_no_arxiv_id(tmp_path: Path) -> None:
    entry = "@misc{a,\n  title = {T},\n  eprint = {12345},\n  archiveprefix = {HAL},\n}\n"
    assert collect(library(tmp_path, {"refs.bib": entry})) == ()


def test_front_matter_and_the_sites_configuration_are_read(tmp_path: Path) -> None:
    note = "---\nref: hu2021lora\ncode: https://a.org/code\nfacts:\n  where: '[here](https://a.org/facts)'\n---\n"
    site = "site_url: https://a.org/site # not https://a.org/comment\n# https://a.org/other\n"
    read = library(tmp_path, {"refs.bib": LORA, "notes/papers/lora.md": note})
    found = {each.name: str(each.places[0].location) for each in collect(read, Source("mkdocs.yml", site))}
    assert found == {
        "arXiv:2106.09685": "refs.bib:5:3",
        "https://a.org/code": "notes/papers/lora.md:3:1",
        "https://a.org/facts": "notes/papers/lora.md:5:3",
        "https://a.org/site": "mkdocs.yml:1:11",
    }


def test_a_notes_own_title_and_the_version_it_read_are_places_of_its_work(tmp_path: Path) -> None:
    note = "---\nref: hu2021lora\ntitle: Low ranks\nread: v2\n---\n"
    [address] = collect(library(tmp_path, {"refs.bib": LORA, "notes/papers/lora.md": note}))
    in_note = [place for place in address.places if place.location.path != "refs.bib"]
    assert [(place.location.line, place.claims, place.version) for place in in_note] == [
        (3, "Low ranks", None),
        (4, "", 2),
    ]


def test_only_what_a_branch_touched_can_be_chosen(tmp_path: Path) -> None:
    files = {"refs.bib": LORA, "notes/a.md": "https://a.org/a\n", "notes/b.md": "https://a.org/b\n"}
    addresses = collect(library(tmp_path, files))
    names = [each.name for each in touched(addresses, {"notes/a.md", "refs.bib"}, keys={"other"})]
    assert names == ["https://a.org/a"]
    assert [each.name for each in touched(addresses, {"refs.bib"}, keys={"hu2021lora"})] == [
        "arXiv:2106.09685"
    ]


@given(st.text(max_size=40).map("https://a.org/{}".format))
def test_a_normalised_address_stays_as_it_is(written: str) -> None:
    try:
        once = web_address(written)
    except BadAddressError:
        return
    assert web_address(once.url).url == once.url
    assert once.url.isascii()


@given(
    st.lists(
        st.sampled_from([*"[]()<>`!.,;\n ", "a", "https://a.org/b", "arXiv:1706.03762", "doi:10.1000/x"])
    )
)
def test_an_address_stands_where_it_is_said_to_stand(pieces: list[str]) -> None:
    text = "".join(pieces)
    for found in in_markdown(text, scan(text).tokens):
        assert text.startswith(found.written, found.start)
