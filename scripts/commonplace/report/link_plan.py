"""Writes for people what a check of the links would ask, host by host."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.link_settings import LinkSettings
from commonplace.registry.values import Plan
from commonplace.report.text import counted, visible


def planned(plan: Plan, settings: LinkSettings) -> str:
    """The questions to each registry and host, and what needs none."""
    return "\n".join(map(visible, [*_registries(plan, settings), *_hosts(plan), *_rest(plan)]))


def _registries(plan: Plan, settings: LinkSettings) -> Iterator[str]:
    if plan.arxiv:
        ids = counted(sum(map(len, plan.arxiv)), "identifier")
        requests = counted(len(plan.arxiv), "request")
        yield f"{settings.arxiv_api}: {requests} for {ids}, {settings.arxiv_gap:g} s apart"
        yield from (f"  arXiv:{each}" for batch in plan.arxiv for each in batch)
    if plan.dois:
        yield f"{settings.crossref}: {counted(len(plan.dois), 'DOI')}"
        yield from (f"  doi:{each}" for each in plan.dois)


def _hosts(plan: Plan) -> Iterator[str]:
    for host, urls in plan.web.items():
        yield f"{host}: {counted(len(urls), 'link')}"
        yield from (f"  {url}" for url in urls)


def _rest(plan: Plan) -> Iterator[str]:
    if not (plan.arxiv or plan.dois or plan.web):
        yield "nothing to ask"
    yield f"{len(plan.fresh)} still fresh, {len(plan.ignored)} ignored, {len(plan.unsound)} that cannot exist"
