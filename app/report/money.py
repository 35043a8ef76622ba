"""Funds: what they are worth, who must agree, what they pay for, and where documents differ."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.report.context import BriefingPart, Matter, end, verb
from app.report.model import (
    Block,
    Bullets,
    Cite,
    Line,
    Picture,
    Section,
    Strong,
    TableBlock,
    cite,
    left_out,
    span,
)
from app.report.pictures import bars
from graph.read.fact import Fact
from graph.schema.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TITLE = "Money, and who must agree"
SIGNS = {"GBP": "£", "EUR": "€", "USD": "US$", "NZD": "NZ$", "AUD": "A$", "CAD": "C$"}
COUNTS = {"total": "in total", "per year": "a year", "up to": "at most"}
Amount = tuple[dict[str, Any], list[Fact]]
"""the terms of an amount, and every fact that states it"""
ROWS = 30


def funds(matter: Matter) -> BriefingPart:
    """The section; who must agree and what is disputed come first of all."""
    facts, subject = matter.facts, matter.subject
    funds = [item for item in subject.items if facts.thing(item).label == "Fund"]
    funds += [f.from_id for f in facts.into((*subject.items, *subject.groups), "FUNDS")]
    funds = list(dict.fromkeys(funds))
    if not funds:
        return BriefingPart()
    agreeing = [line for fund in funds for line in _agreeing(matter, fund)]
    conflicts = _conflicts(matter, funds)
    amounts = {fund: _amounts(matter, fund) for fund in funds}
    blocks: list[Block] = []
    if agreeing or conflicts:
        blocks.append(Bullets((*agreeing, *conflicts)))
    blocks.append(_table(matter, dict(islice(amounts.items(), ROWS))))
    blocks += left_out(len(funds) - ROWS, "more is", "more are")
    drawing = _chart(matter, amounts)
    if drawing is not None:
        blocks.append(drawing)
    matter.caution(
        "Amounts are those that documents print, in the prices of their day; they are never added "
        "up or averaged, since one may contain another."
    )
    first = [] if conflicts and not agreeing else _first(matter, amounts)
    return BriefingPart(Section(TITLE, blocks), [*first[:2], *conflicts[:2]])


def _first(matter: Matter, funds: dict[str, list[Amount]]) -> list[Line]:
    """Who must agree to what money, without the conditions; or else what there is."""
    agreed: list[Line] = []
    stated: list[Line] = []
    for fund, amounts in funds.items():
        name = matter.facts.thing(fund).name
        links = matter.facts.into([fund], "APPROVES")
        worth = listed(_words(terms, money) for terms, _ in amounts)
        period = matter.facts.values(fund).get("period") if len(amounts) == 1 else None
        stating = [fact for _, facts in amounts for fact in facts]
        if links:
            worth = f" ({worth}{f', {period}' if period else ''})" if worth else ""
            words = f" before money moves from the {name}{worth} "
            agreed.append((Strong(_must(links)), words, cite([*links, *stating]), "."))
        elif amounts:
            words = f": {worth}{f' ({period})' if period else ''} "
            stated.append((Strong(name), words, cite(stating), "."))
    return agreed or stated


def _must(links: list[Fact]) -> str:
    who = sorted({link.from_id: link.start.name for link in links}.values())
    together = "" if len(who) == 1 else " both" if len(who) == 2 else " all"
    return f"{listed(who)} must{together} agree"


def _agreeing(matter: Matter, fund: str) -> list[Line]:
    by_condition: dict[str, list[Fact]] = defaultdict(list)
    for link in matter.facts.into([fund], "APPROVES"):
        by_condition[str(link.properties.get("condition") or "")].append(link)
    words = f" before money moves from the {matter.facts.thing(fund).name} "
    return [
        (
            Strong(_must(links)),
            words,
            cite(links),
            f". The condition in the documents: {condition}." if condition else ".",
        )
        for condition, links in by_condition.items()
    ]


def _amounts(matter: Matter, fund: str) -> list[Amount]:
    """The different amounts of a fund, each with every fact that states it."""
    stated: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for link in matter.facts.into([fund], "STATES_AMOUNT"):
        names = ("amount_basis", "period_start", "period_end", "amount", "currency")
        stated[tuple(link.properties.get(name) for name in names)].append(link)
    ordered = sorted(stated, key=lambda key: tuple(str(part or "") for part in key[:4]))
    return [(dict(stated[key][-1].properties), stated[key]) for key in ordered]


def _words(terms: dict[str, Any], write: Callable[[float, str | None], str]) -> str:
    amount = write(terms["amount"], terms.get("currency"))
    counts = COUNTS.get(str(terms.get("amount_basis") or ""), "")
    period = span(terms.get("period_start"), terms.get("period_end"))
    return " ".join(filter(None, (amount, counts, f"({period})" if period else "")))


def _conflicts(matter: Matter, funds: list[str]) -> list[Line]:
    from queries.ask import ask

    answer = ask(matter.store, "funds.conflicting-amounts")
    names = {matter.facts.thing(fund).name for fund in funds}
    lines: list[Line] = []
    for row in answer.rows:
        values = row.values
        if values["fund"] in names:
            counts = COUNTS.get(str(values["counts"]), str(values["counts"]))
            low, high = (money(values[side], values["currency"]) for side in ("lower", "higher"))
            words = f": {low} and {high}, each {counts} "
            differ = Strong(f"Documents differ on the {values['fund']}")
            lines.append((differ, words, cite(row.evidence), "."))
    if lines:
        matter.caution(answer.caveat)
    return lines


def _table(matter: Matter, funds: dict[str, list[Amount]]) -> TableBlock:
    facts = matter.facts
    rows: list[list[Line]] = []
    for fund, amounts in funds.items():
        agreed = facts.into([fund], "APPROVES")
        held = facts.into([fund], "RESPONSIBLE_FOR")
        rows.append(
            [
                (f"{facts.thing(fund).name} ", cite([facts.about(fund)])),
                _pieces((_words(terms, exact), stating) for terms, stating in amounts)
                or ("not stated",),
                (str(facts.values(fund).get("period") or ""),),
                _pieces([("; ".join(sorted({f.start.name for f in agreed})), agreed)]),
                _pieces((f"{f.start.name} ({f.properties['role']})", [f]) for f in held),
                _pieces((end(f).name, [f]) for f in facts.out([fund], "FUNDS")),
            ]
        )
    columns = ("Fund", "Amount", "Period", "Must agree", "Answers for it", "Pays for")
    return TableBlock(f"{verb(funds, 'The fund', 'The funds')} in full", columns, rows).filled()


def _pieces(parts: Iterable[tuple[str, list[Fact]]]) -> Line:
    """Words, each with the facts that state them; the same words once."""
    stating: dict[str, list[Fact]] = defaultdict(list)
    for words, facts in parts:
        if words:
            stating[words] += facts
    line: list[str | Cite] = []
    for words, facts in stating.items():
        line += [f"; {words} " if line else f"{words} ", cite(facts)]
    return tuple(line)


def _chart(matter: Matter, funds: dict[str, list[Amount]]) -> Picture | None:
    """Amounts side by side, where at least two count the same in one currency."""
    alike: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for fund, amounts in funds.items():
        for terms, _ in amounts:
            key = (str(terms.get("currency") or ""), str(terms.get("amount_basis") or ""))
            alike[key].append((matter.facts.thing(fund).name, terms["amount"]))
    (currency, basis), most = max(
        alike.items(), key=lambda one: len(one[1]), default=(("", ""), [])
    )
    if len(most) < 2:
        return None
    most.sort(key=lambda one: -one[1])
    return bars(
        f"Amounts stated {COUNTS.get(basis, basis)}".strip(),
        [(name, amount, money(amount, currency)) for name, amount in most[:20]],
    )


def money(amount: float, currency: str | None) -> str:
    """An amount in short: three figures are enough for a sentence.

    >>> money(180e6, "GBP"), money(1.25e9, "NZD"), money(25000, "CHF")
    ('£180m', 'NZ$1.25bn', 'CHF 25,000')
    """
    for unit, word in ((1_000_000_000, "bn"), (1_000_000, "m")):
        if amount >= unit:
            return f"{_sign(currency)}{amount / unit:,.4g}{word}"
    return exact(amount, currency)


def exact(amount: float, currency: str | None) -> str:
    """An amount to the last unit.

    >>> exact(180e6, "GBP")
    '£180,000,000'
    """
    return _sign(currency) + (f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}")


def _sign(currency: str | None) -> str:
    return SIGNS.get(currency or "") or (f"{currency} " if currency else "")
