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

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.analysis import ANY_ROLE, AS_NAMED, LEAVE_OUT, LEVEL, Analysis, Table, left_out
from graph.analyses.evidence import Link, count, evidence, label, links, name, ranks
from graph.analyses.holdings import ROLES, Level, by_holder, holdings
from graph.analyses.resampling import contacts_of

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class Broker:
    """How far one holder stands between others."""

    holder: str
    contacts: int
    """holders that it shares an item with"""
    brokerage: int
    """pairs of them that share no item with each other"""
    effective_size: float
    links: tuple[Link, ...]


def brokers(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> tuple[Broker, ...]:
    """Every holder with its brokerage; most first, then most contacts, then by id.

    >>> from graph.analyses.example import example
    >>> [(b.holder, b.contacts, b.brokerage, b.effective_size) for b in brokers(example())][:2]
    [('uk/post/home-secretary', 2, 1, 2.0), ('uk/org/treasury', 1, 0, 1.0)]
    """
    import numpy as np

    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    holders = by_holder(held)
    at_holder = {holder: place for place, holder in enumerate(holders)}
    at_item = {item: place for place, item in enumerate(held)}
    pairs = [(at_holder[holder], at_item[item]) for item, some in held.items() for holder in some]
    contacts, among = contacts_of(
        len(holders), len(held), np.array(pairs, dtype=np.int64).reshape(-1, 2)
    )
    found = []
    for holder, shares in holders.items():
        many, tied = int(contacts[at_holder[holder]]), int(among[at_holder[holder]])
        found.append(
            Broker(
                holder=holder,
                contacts=many,
                brokerage=many * (many - 1) // 2 - tied,
                effective_size=round(many - 2 * tied / many, 9) if many else 0.0,
                links=links(graph, (p for share in shares.values() for p in share.places)),
            )
        )
    return tuple(sorted(found, key=lambda b: (-b.brokerage, -b.contacts, b.holder)))


def brokerage_table(
    graph: Graph, *, roles: Collection[str], level: Level, leave_out: Collection[str]
) -> Table:
    """`brokers` as a table, ranked."""
    found = brokers(graph, roles=roles, level=level, leave_out=leave_out)
    rows = [
        {
            "rank": place,
            "holder": broker.holder,
            "holder_name": name(graph, broker.holder),
            "holder_type": label(graph, broker.holder),
            "brokerage": broker.brokerage,
            "contacts": broker.contacts,
            "effective_size": round(broker.effective_size, 2),
        }
        for place, broker in zip(ranks(b.brokerage for b in found), found, strict=True)
    ]
    between = [broker for broker in found if broker.brokerage]
    verb = "stands" if len(between) == 1 else "stand"
    sentences = [f"{len(between):,} of {count(len(found), 'holder')} {verb} between two others."]
    if between:
        top = between[0]
        sentences.append(
            f"{name(graph, top.holder)} stands between most: "
            f"{count(top.brokerage, 'pair')} of its {count(top.contacts, 'contact')} "
            f"{'shares' if top.brokerage == 1 else 'share'} no item with each other."
        )
    rests = [evidence(broker.links) for broker in found]
    note = left_out(graph, leave_out)
    return Table(rows, rests, len(found), tuple(sentences), note)


ANALYSES = (
    Analysis(
        name="bottlenecks.brokerage",
        title="Who stands between holders that share nothing",
        about="Pairs of holders that each share an item with this one and none with each other; "
        "`effective_size` is its contacts less those that bring it to nobody new.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "brokerage": "int",
            "contacts": "int",
            "effective_size": "float",
        },
        of="holders",
        caveat=f"{AS_NAMED} Sharing an item is no proof that two bodies speak with each other.",
        compute=brokerage_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT),
    ),
)
