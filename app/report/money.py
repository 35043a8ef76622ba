"""Funds: what they are worth, who must agree, what they pay for, and where documents differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.context import BriefingPart, Matter, end, part
from app.report.model import (
    Block,
    Bullets,
    Cite,
    Line,
    Paragraph,
    Picture,
    Section,
    Strong,
    TableBlock,
    cite,
)
from app.report.phrases import COUNTS, exact, money, span, verb
from app.report.pictures import bars
from graph.schema.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.read.fact import Evidence, Fact
    from queries.ask import Answer

TITLE = "Money, and who must agree"
ROWS = 30


def funds(matter: Matter) -> BriefingPart:
    """The section; who must agree and what is disputed come first of all."""
    facts, subject = matter.facts, matter.subject
    fund_ids = [item for item in subject.items if facts.thing(item).label == "Fund"]
    fund_ids += [f.start.id for f in facts.into((*subject.items, *subject.groups), "FUNDS")]
    fund_ids = list(dict.fromkeys(fund_ids))
    if not fund_ids:
        return part(None)
    agreeing = [line for fund in fund_ids for line in _agreeing(matter, fund)]
    conflicts = _conflicts(matter, fund_ids)
    blocks: list[Block] = []
    if agreeing or conflicts:
        blocks.append(Bullets((*agreeing, *conflicts)))
    blocks.append(_table(matter, fund_ids[:ROWS]))
    if len(fund_ids) > ROWS:
        blocks.append(Paragraph((f"{len(fund_ids) - ROWS:,} more are left out.",), quiet=True))
    drawing = _chart(matter, fund_ids)
    if drawing is not None:
        blocks.append(drawing)
    matter.caution(
        "Amounts are those that documents print, in the prices of their day; they are never added "
        "up or averaged, since one may contain another."
    )
    first = [] if conflicts and not agreeing else _first(matter, fund_ids)
    return part(Section(TITLE, tuple(blocks)), [*first[:2], *conflicts[:2]])


def _first(matter: Matter, fund_ids: list[str]) -> list[Line]:
    """Who must agree to what money, without the conditions; or else what there is."""
    lines: list[Line] = []
    for fund in fund_ids:
        links = matter.facts.into([fund], "APPROVES")
        amounts = _amounts(matter, fund)
        worth = listed(_words(values, short=True) for values, _ in amounts)
        period = matter.facts.values(fund).get("period")
        worth += f", {period}" if worth and period and len(amounts) == 1 else ""
        name = matter.facts.thing(fund).name
        cited = [*links, *(place for _, said in amounts for place in said)]
        if links:
            money_ = f" ({worth}) " if worth else " "
            who = f"before money moves from the {name}{money_}"
            lines.append((Strong(_must(links)), f" {who}", cite(cited), "."))
    if lines:
        return lines
    return [line for fund in fund_ids if (line := _stated(matter, fund)) is not None]


def _must(links: list[Fact]) -> str:
    who = sorted({link.start.id: link.start.name for link in links}.values())
    together = " must all agree" if len(who) > 2 else " must both agree"
    return f"{listed(who)}{' must agree' if len(who) == 1 else together}"


def _agreeing(matter: Matter, fund: str) -> list[Line]:
    links = matter.facts.into([fund], "APPROVES")
    by_condition: dict[str, list[Fact]] = {}
    for link in links:
        by_condition.setdefault(str(link.properties.get("condition") or ""), []).append(link)
    name = matter.facts.thing(fund).name
    return [
        (
            Strong(_must(agreed)),
            f" before money moves from the {name} ",
            cite(agreed),
            f". The condition in the documents: {condition}." if condition else ".",
        )
        for condition, agreed in by_condition.items()
    ]


def _amounts(matter: Matter, fund: str) -> list[tuple[dict[str, Any], list[Evidence]]]:
    """The different amounts of a fund, each with every place that states it."""
    stated: dict[tuple[Any, ...], list[Evidence]] = {}
    terms: dict[tuple[Any, ...], dict[str, Any]] = {}
    for link in matter.facts.into([fund], "STATES_AMOUNT"):
        values = dict(link.properties)
        names = ("amount", "currency", "amount_basis", "period_start", "period_end")
        key = tuple(values.get(name) for name in names)
        terms[key] = values
        stated.setdefault(key, []).append(link)
    order = sorted(terms, key=lambda key: tuple(str(part or "") for part in (*key[2:], key[0])))
    return [(terms[key], stated[key]) for key in order]


def _words(values: dict[str, Any], *, short: bool) -> str:
    amount = (money if short else exact)(values["amount"], values.get("currency"))
    counts = COUNTS.get(str(values.get("amount_basis") or ""), "")
    period = span(values.get("period_start"), values.get("period_end"))
    return " ".join(part for part in (amount, counts, f"({period})" if period else "") if part)


def _stated(matter: Matter, fund: str) -> Line | None:
    amounts = _amounts(matter, fund)
    if not amounts:
        return None
    name = matter.facts.thing(fund).name
    period = matter.facts.values(fund).get("period")
    several = [_words(values, short=True) for values, _ in amounts]
    added = f" ({period})" if period and len(amounts) == 1 else ""
    cited = [place for _, said in amounts for place in said]
    return (Strong(name), f": {listed(several)}{added} ", cite(cited), ".")


def _conflicts(matter: Matter, fund_ids: list[str]) -> list[Line]:
    answer = _asked(matter, "funds.conflicting-amounts")
    names = {matter.facts.thing(fund).name for fund in fund_ids}
    lines: list[Line] = []
    for row in answer.rows:
        given = row.values
        if given["fund"] in names:
            counts = COUNTS.get(str(given["counts"]), str(given["counts"]))
            lower, higher = (money(given[side], given["currency"]) for side in ("lower", "higher"))
            lines.append(
                (
                    Strong(f"Documents differ on the {given['fund']}"),
                    f": {lower} and {higher}, each {counts} ",
                    cite(row.evidence),
                    ".",
                )
            )
    if lines:
        matter.caution(answer.caveat)
    return lines


def _asked(matter: Matter, question: str) -> Answer:
    from queries.ask import ask

    return ask(matter.store, question)


def _table(matter: Matter, fund_ids: list[str]) -> TableBlock:
    facts = matter.facts
    rows: list[tuple[Line, ...]] = []
    for fund in fund_ids:
        agreed = facts.into([fund], "APPROVES")
        held = facts.into([fund], "RESPONSIBLE_FOR")
        rows.append(
            (
                (f"{facts.thing(fund).name} ", cite([facts.about(fund)])),
                _pieces((_words(v, short=False), said) for v, said in _amounts(matter, fund))
                or ("not stated",),
                (str(facts.values(fund).get("period") or ""),),
                _pieces([("; ".join(sorted({f.start.name for f in agreed})), [*agreed])]),
                _pieces((f"{f.start.name} ({f.properties['role']})", [f]) for f in held),
                _pieces((end(f).name, [f]) for f in facts.out([fund], "FUNDS")),
            )
        )
    columns = ("Fund", "Amount", "Period", "Must agree", "Answers for it", "Pays for")
    kept = [n for n in range(6) if n < 2 or any(row[n] not in ((), ("",)) for row in rows)]
    title = verb(fund_ids, "The fund", "The funds") + " in full"
    return TableBlock(
        title, tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)
    )


def _pieces(parts: Iterable[tuple[str, list[Evidence]]]) -> Line:
    """Words, each with its places; the same words once."""
    places: dict[str, list[Evidence]] = {}
    for words, where in parts:
        if words:
            places.setdefault(words, []).extend(where)
    line: list[str | Cite] = []
    for words, where in places.items():
        line += [f"; {words} " if line else f"{words} ", cite(where)]
    return tuple(line)


def _chart(matter: Matter, fund_ids: list[str]) -> Picture | None:
    """Amounts side by side, where at least two count the same in one currency."""
    alike: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for fund in fund_ids:
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
