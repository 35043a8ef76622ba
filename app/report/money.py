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
    found = [item for item in subject.items if facts.thing(item).label == "Fund"]
    found += [f.start.id for f in facts.into((*subject.items, *subject.groups), "FUNDS")]
    found = list(dict.fromkeys(found))
    if not found:
        return part(None)
    agreeing = [line for fund in found for line in _agreeing(matter, fund)]
    conflicts = _conflicts(matter, found)
    blocks: list[Block] = []
    if agreeing or conflicts:
        blocks.append(Bullets((*agreeing, *conflicts)))
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
    first = [] if conflicts and not agreeing else _first(matter, found)
    return part(Section(TITLE, tuple(blocks)), [*first[:2], *conflicts[:2]])


def _first(matter: Matter, found: list[str]) -> list[Line]:
    """Who must agree to what money, without the conditions; or else what there is."""
    lines: list[Line] = []
    for fund in found:
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
    return [line for fund in found if (line := _stated(matter, fund)) is not None]


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
    said: dict[tuple[Any, ...], list[Evidence]] = {}
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for link in matter.facts.into([fund], "STATES_AMOUNT"):
        values = dict(link.properties)
        names = ("amount", "currency", "amount_basis", "period_start", "period_end")
        key = tuple(values.get(name) for name in names)
        kept[key] = values
        said.setdefault(key, []).append(link)
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
    return (Strong(name), f": {listed(several)}{added} ", cite(cited), ".")


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


def _table(matter: Matter, found: list[str]) -> TableBlock:
    facts = matter.facts
    rows: list[tuple[Line, ...]] = []
    for fund in found:
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
    title = verb(found, "The fund", "The funds") + " in full"
    return TableBlock(
        title, tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)
    )


def _pieces(said: Iterable[tuple[str, list[Evidence]]]) -> Line:
    """Words, each with its places; the same words once."""
    found: dict[str, list[Evidence]] = {}
    for words, where in said:
        if words:
            found.setdefault(words, []).extend(where)
    line: list[str | Cite] = []
    for words, where in found.items():
        line += [f"; {words} " if line else f"{words} ", cite(where)]
    return tuple(line)


def _chart(matter: Matter, found: list[str]) -> Picture | None:
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
