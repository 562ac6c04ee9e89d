"""Asks whose a DOI is: Crossref about many at once; of the rest, the DOI registry and DataCite."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any
from urllib.parse import quote

from commonplace.answers import Answer
from commonplace.registry import crossref, datacite
from commonplace.registry.errands import Errand, Found, Steps
from commonplace.registry.failure import Cause, Failure
from commonplace.registry.loose_json import number, read_json, table
from commonplace.registry.registries import Registries
from commonplace.registry.transport import Reply, Request
from commonplace.verdicts import Outcome, Verdict

_BATCH = 40
_JSON = "application/json"
_EXISTS, _NOT_FOUND = 1, 100

_Answering = Generator[Request, Any, "Answer | Failure | None"]
"""A registry's answer, None where it knows no such DOI, or why it gave none."""


def doi_errands(dois: Sequence[str], registries: Registries) -> list[Errand]:
    """Find out about DOIs in lower case."""
    # A comma would end the DOI in a question about many.
    plain = [doi for doi in dois if "," not in doi]
    batches = [plain[at : at + _BATCH] for at in range(0, len(plain), _BATCH)]
    alone = [doi for doi in dois if "," in doi]
    return [
        *(Errand(_many(batch, registries)) for batch in batches),
        *(Errand(_one(doi, registries, ask_crossref=True)) for doi in alone),
    ]


def _many(dois: Sequence[str], registries: Registries) -> Steps:
    settings = registries.settings
    url = crossref.works_url(settings.crossref, dois, settings.contact)
    reply: Reply | Failure = yield from registries.asked(url, _JSON)
    known = crossref.read_works(reply.body, registries.today) if isinstance(reply, Reply) else None
    found = [known[doi] for doi in dois if doi in known] if known else []
    rest = [doi for doi in dois if not known or doi not in known]
    errands = (Errand(_one(doi, registries, ask_crossref=known is None)) for doi in rest)
    yield Found(tuple(found), then=tuple(errands))


def _one(doi: str, registries: Registries, *, ask_crossref: bool) -> Steps:
    exists = yield from _handle(doi, registries)
    if not isinstance(exists, Answer) or not exists.exists:
        yield Found((_finding(doi, exists, registries),))
        return
    answer: Answer | Failure | None = None
    if ask_crossref:
        answer = yield from _crossref(doi, registries)
    if answer is None:
        answer = yield from _datacite(doi, registries)
    # Other agencies give out DOIs too: one that neither knows exists all the same.
    yield Found((_finding(doi, answer or exists, registries),))


def _finding(doi: str, answer: Answer | Failure | None, registries: Registries) -> Answer | Outcome:
    if isinstance(answer, Answer):
        return answer
    reason = answer.reason if answer else "the DOI registry's reply cannot be read"
    return Outcome(f"doi:{doi}", Verdict.UNSURE, reason, registries.now())


def _handle(doi: str, registries: Registries) -> _Answering:
    """What the DOI registry says of a DOI's existence: it is asked, not the publisher's page."""
    url = f"{registries.settings.doi}/api/handles/{quote(doi, safe='/')}"
    answer: Reply | Failure = yield from registries.asked(url, _JSON)
    if isinstance(answer, Failure):
        return answer
    code = number(table(read_json(answer.body)).get("responseCode"))
    if code not in (_EXISTS, _NOT_FOUND):
        return _no_answer("the DOI registry", answer)
    return Answer(f"doi:{doi}", "doi.org", registries.today, exists=code == _EXISTS)


def _crossref(doi: str, registries: Registries) -> _Answering:
    url = crossref.work_url(registries.settings.crossref, doi, registries.settings.contact)
    answer: Reply | Failure = yield from registries.asked(url, _JSON)
    if isinstance(answer, Failure) or answer.status == 404:
        return answer if isinstance(answer, Failure) else None
    return crossref.read_work(answer.body, registries.today) or _no_answer("Crossref", answer)


def _datacite(doi: str, registries: Registries) -> _Answering:
    answer: Reply | Failure = yield from registries.asked(
        datacite.doi_url(registries.settings.datacite, doi), _JSON
    )
    if isinstance(answer, Failure) or answer.status == 404:
        return answer if isinstance(answer, Failure) else None
    found = datacite.read_doi(answer.body, f"doi:{doi}", registries.today)
    return found or _no_answer("DataCite", answer)


def _no_answer(registry: str, reply: Reply) -> Failure:
    return Failure(Cause.GARBLED, f"{registry} answered {reply.status} {reply.phrase}")
