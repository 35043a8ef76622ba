"""Brokers: who stands between holders that share nothing with each other.

**Definition.** Two holders are in contact when they share an item. A holder's *brokerage* is the
number of pairs of its contacts that are not in contact with each other: for such a pair it is a
go-between. Its *effective size* is the number of its contacts less the contacts that each of them
has, on average, among the others: contacts that bring it to somebody new.

Members of one committee are all in contact, so that a large committee makes no brokers; holders of
several committees are the brokers between them.

**A zero.** Brokerage 0: all its contacts share items with each other, or it has fewer than two.
Effective size 0: it shares no item with anybody.

**Cost.** Grows with the sum over holders of contacts squared: seconds for 3,000 holders.

**References.** R. V. Gould and R. M. Fernandez, "Structures of mediation", Sociological
Methodology 19 (1989): all roles together, contacts taken as mutual, each pair once. R. S. Burt,
"Structural Holes" (1992), by the formula of S. P. Borgatti, "Structural holes: unpacking Burt's
redundancy measures", Connections 20 (1997).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from graph.analyses.analysis import AS_NAMED, OF_HOLDERS, Analysis, Rounded, Row, Table, TypedId
from graph.analyses.holdings import Held, Holdings, holdings
from graph.analyses.resampling import contacts_of
from graph.schema.words import number_of


@dataclass(frozen=True, kw_only=True)
class Broker(Row):
    """How far one holder stands between others."""

    RANKED_BY = ("brokerage",)
    holder: TypedId
    brokerage: int
    """pairs of its contacts that share no item with each other"""
    contacts: int
    """holders that it shares an item with"""
    effective_size: Annotated[float, Rounded(2)]


def brokers(source: Held) -> tuple[Broker, ...]:
    """Every holder with its brokerage; most first, then most contacts, then by id.

    >>> from tests.graph.example import example
    >>> [(b.holder, b.contacts, b.brokerage, b.effective_size) for b in brokers(example())][:2]
    [('uk/post/home-secretary', 2, 1, 2.0), ('uk/org/treasury', 1, 0, 1.0)]
    """
    import numpy as np

    held = holdings(source)
    item_at = {item: number for number, item in enumerate(held)}
    pairs = [
        (number, item_at[item])
        for number, shares in enumerate(held.by_holder.values())
        for item in shares
    ]
    contacts, among = contacts_of(
        len(held.by_holder), len(held), np.array(pairs, dtype=np.int64).reshape(-1, 2)
    )
    rows = []
    for number, (holder, shares) in enumerate(held.by_holder.items()):
        many, tied = int(contacts[number]), int(among[number])
        rows.append(
            Broker(
                holder=holder,
                contacts=many,
                brokerage=many * (many - 1) // 2 - tied,
                effective_size=round(many - 2 * tied / many, 9) if many else 0.0,
                facts=held.facts(shares.values()),
            )
        )
    return tuple(sorted(rows, key=lambda b: (-b.brokerage, -b.contacts, b.holder)))


def brokerage_table(held: Holdings) -> Table:
    """How many stand between two others, and who between most."""
    rows = brokers(held)
    between = [broker for broker in rows if broker.brokerage]
    verb = "stands" if len(between) == 1 else "stand"
    sentences = [f"{len(between):,} of {number_of(len(rows), 'holder')} {verb} between two others."]
    if between:
        top = between[0]
        sentences.append(
            f"{held.index.name(top.holder)} stands between most: "
            f"{number_of(top.brokerage, 'pair')} of its {number_of(top.contacts, 'contact')} "
            f"{'shares' if top.brokerage == 1 else 'share'} no item with each other."
        )
    return Table(rows, len(rows), sentences)


ANALYSES = (
    Analysis(
        name="bottlenecks.brokerage",
        title="Who stands between holders that share nothing",
        about="Pairs of holders that each share an item with this one and none with each other; "
        "`effective_size` is its contacts less those that bring it to nobody new.",
        rows=Broker,
        of="holders",
        caveat=f"{AS_NAMED} Sharing an item is no proof that two bodies speak with each other.",
        compute=brokerage_table,
        options=OF_HOLDERS,
    ),
)
