"""Funds: what they are worth, who must agree, what they pay for, and where documents differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.charts import bars
from app.report.facts import end, place_of, places
from app.report.matter import Matter, Part, part
from app.report.model import Block, Bullets, Line, Paragraph, Place, Section, Strong, Table, cite
from app.report.words import COUNTS, exact, listed, money, span, verb

if TYPE_CHECKING:
    from graph.stated import Stated
    from queries.runner import Answer

TITLE = "Money, and who must agree"
ROWS = 30


def funds(matter: Matter) -> Part:
    """The section; who must agree and what is disputed come first of all."""
    facts, subject = matter.facts, matter.subject
    found = [item for item in subject.items if facts.thing(item).label == "Fund"]
    found += [f.start.id for f in facts.into((*subject.items, *subject.groups), "FUNDS")]
    found = list(dict.fromkeys(found))
    if not found:
        return part(None)
    agreeing = [line for fund in found for line in _agreeing(matter, fund)]
    conflicts = _conflicts(matter, found)
    stated = [line for fund in found if (line := _stated(matter, fund)) is not None]
    blocks: list[Block] = []
    if agreeing or conflicts or stated:
        blocks.append(Bullets((*agreeing, *conflicts, *stated[:ROWS])))
    blocks.append(_table(matter, found[:ROWS]))
    if len(found) > ROWS:
        blocks.append(Paragraph((f"{len(found) - ROWS:,} more are left out.",), quiet=True))
    drawing = _chart(matter, found)
    if drawing is not None:
        blocks.append(drawing)
    matter.caution(
        "Amounts are those that documents print, in the prices of their day; they are never added "
        "up or averaged, since one may contain another."
    )
    return part(Section(TITLE, tuple(blocks)), [*agreeing[:2], *conflicts[:2], *stated[:1]])


def _agreeing(matter: Matter, fund: str) -> list[Line]:
    links = matter.facts.into([fund], "APPROVES")
    by_condition: dict[str, list[Stated]] = {}
    for link in links:
        by_condition.setdefault(str(link.values.get("condition") or ""), []).append(link)
    lines: list[Line] = []
    for condition, agreed in by_condition.items():
        who = list({f.start.id: f.start.name for f in agreed}.values())
        together = " must all agree" if len(who) > 2 else " must both agree"
        must = " must agree" if len(who) == 1 else together
        name = matter.facts.thing(fund).name
        lines.append(
            (
                Strong(f"{listed(sorted(who))}{must}"),
                f" before money moves from the {name}"
                + (f". The condition in the documents: {condition}. " if condition else ". "),
                cite(places(agreed)),
            )
        )
    return lines


def _amounts(matter: Matter, fund: str) -> list[tuple[dict[str, Any], list[Place]]]:
    """The different amounts of a fund, each with every place that states it."""
    said: dict[tuple[Any, ...], list[Place]] = {}
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for link in matter.facts.into([fund], "STATES_AMOUNT"):
        values = dict(link.values)
        names = ("amount", "currency", "amount_basis", "period_start", "period_end")
        key = tuple(values.get(name) for name in names)
        kept[key] = values
        said.setdefault(key, []).append(place_of(link))
    order = sorted(kept, key=lambda key: tuple(str(part or "") for part in (*key[2:], key[0])))
    return [(kept[key], said[key]) for key in order]


def _words(values: dict[str, Any], *, short: bool) -> str:
    amount = (money if short else exact)(values["amount"], values.get("currency"))
    counts = COUNTS.get(str(values.get("amount_basis") or ""), "")
    period = span(values.get("period_start"), values.get("period_end"))
    return " ".join(part for part in (amount, counts, f"({period})" if period else "") if part)


def _stated(matter: Matter, fund: str) -> Line | None:
    found = _amounts(matter, fund)
    if not found:
        return None
    name = matter.facts.thing(fund).name
    period = matter.facts.values(fund).get("period")
    several = [_words(values, short=True) for values, _ in found]
    added = f" ({period})" if period and len(found) == 1 else ""
    cited = [place for _, said in found for place in said]
    return (Strong(name), f": {listed(several)}{added}. ", cite(cited))


def _conflicts(matter: Matter, found: list[str]) -> list[Line]:
    answer = _asked(matter, "funds.conflicting-amounts")
    names = {matter.facts.thing(fund).name for fund in found}
    lines: list[Line] = []
    for row in answer.rows:
        said = row.values
        if said["fund"] in names:
            counts = COUNTS.get(str(said["counts"]), str(said["counts"]))
            lower, higher = (money(said[side], said["currency"]) for side in ("lower", "higher"))
            lines.append(
                (
                    Strong(f"Documents differ on the {said['fund']}"),
                    f": {lower} and {higher}, each {counts}. ",
                    cite(Place(p.document, p.locator, p.basis, p.confidence) for p in row.evidence),
                )
            )
    return lines


def _asked(matter: Matter, question: str) -> Answer:
    from queries.runner import ask

    answer = ask(matter.store, question)
    if answer.rows:
        matter.caution(answer.caveat)
    return answer


def _table(matter: Matter, found: list[str]) -> Table:
    facts = matter.facts
    rows: list[tuple[Line, ...]] = []
    for fund in found:
        pays = facts.out([fund], "FUNDS")
        agreed = facts.into([fund], "APPROVES")
        held = facts.into([fund], "RESPONSIBLE_FOR")
        amounts = _amounts(matter, fund)
        shown = "; ".join(_words(values, short=False) for values, _ in amounts)
        cited = [facts.place(fund), *(place for _, said in amounts for place in said)]
        cited += places([*agreed, *held, *pays])
        period = str(facts.values(fund).get("period") or "")
        rows.append(
            (
                (facts.thing(fund).name,),
                (shown or "not stated",),
                (period,),
                ("; ".join(sorted({f.start.name for f in agreed})),),
                ("; ".join(f"{f.start.name} ({f.values['role']})" for f in _once(held)),),
                ("; ".join(facts.names(end(f).id for f in pays)),),
                (cite(cited),),
            )
        )
    columns = ("Fund", "Amount", "Period", "Must agree", "Answers for it", "Pays for", "Source")
    kept = [n for n in range(7) if n < 2 or any(row[n] != ("",) for row in rows)]
    title = verb(found, "The fund", "The funds") + " in full"
    return Table(
        title, tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)
    )


def _once(links: list[Stated]) -> list[Stated]:
    return list({(f.start.id, f.values["role"]): f for f in links}.values())


def _chart(matter: Matter, found: list[str]) -> Any:
    """Amounts side by side, where at least two count the same in one currency."""
    alike: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for fund in found:
        for values, _ in _amounts(matter, fund):
            key = (str(values.get("currency") or ""), str(values.get("amount_basis") or ""))
            alike.setdefault(key, []).append((matter.facts.thing(fund).name, values["amount"]))
    if not alike:
        return None
    (currency, basis), amounts = max(alike.items(), key=lambda one: len(one[1]))
    if len(amounts) < 2:
        return None
    amounts.sort(key=lambda one: -one[1])
    words = COUNTS.get(basis, basis)
    return bars(
        f"Amounts stated {words}".strip(),
        [(name, amount, money(amount, currency)) for name, amount in amounts[:20]],
    )
