"""What documents report as done or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.context import Matter, Part, end, part, places
from app.report.model import Block, Line, Paragraph, Section, Table, cite
from app.report.phrases import capital, listed, number_of
from app.report.subject import mentions
from graph.schema.locators import locator_key, natural_key

if TYPE_CHECKING:
    from graph.read.fact import Stated

TITLE = "What has been done and is planned"
SHOWN = 20


def progress(matter: Matter) -> Part:
    """The section: actions on the subject's conclusions, by its bodies, or that speak of it."""
    subject = matter.subject
    own = {*subject.items, *subject.groups, *subject.holders, *subject.core}
    found = [
        link
        for link in matter.facts.of_type["ACTED_ON"]
        if link.start.id in own
        or end(link).id in own
        or mentions(subject.names, f"{link.values.get('done')} {link.values.get('planned')}")
    ]
    if not found:
        return part(None)
    alike: dict[tuple[str, str, str], list[Stated]] = {}
    for link in found:
        done, planned = (str(link.values.get(name) or "") for name in ("done", "planned"))
        alike.setdefault((end(link).id, done, planned), []).append(link)
    ordered = sorted(alike.items(), key=_order)
    rows: list[tuple[Line, ...]] = []
    said: set[str] = set()
    for key, links in ordered[:SHOWN]:
        rows.append(_row(matter, *key, links, again=key[0] in said))
        said.add(key[0])
    columns = ("On", "Who", "Done", "Planned", "Source")
    kept = [n for n in range(5) if any(row[n] != ("",) for row in rows)]
    blocks: list[Block] = [
        Table(
            "Actions that documents report",
            tuple(columns[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in rows),
        )
    ]
    if len(ordered) > SHOWN:
        more = number_of(len(ordered) - SHOWN, "more report is", "more reports are")
        blocks.append(Paragraph((f"{more} left out.",), quiet=True))
    matter.caution("What was done is what the documents report; nobody has checked it here.")
    return part(Section(TITLE, tuple(blocks)))


def _order(one: tuple[tuple[str, str, str], list[Stated]]) -> tuple[Any, ...]:
    key, links = one
    return (natural_key(end(links[0]).name), key[0], locator_key(links[0].locator), key)


def _row(
    matter: Matter, item: str, done: str, planned: str, links: list[Stated], *, again: bool
) -> tuple[Line, ...]:
    summary = None if again else matter.facts.values(item).get("summary")
    name = matter.facts.thing(item).name
    return (
        (f"{name}: {summary}" if summary else name,),
        (listed(sorted({link.start.name for link in links})),),
        (capital(done),),
        (capital(planned),),
        (cite(places(links)),),
    )
