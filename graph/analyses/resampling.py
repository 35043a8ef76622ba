"""Other graphs that might be the true one: links resampled by their confidence and an error rate.

**The model.** A link of confidence c is there with probability c; a connection that several links
state is there when one of them is. Of what is there, each connection is wrong, and taken away,
with the error rate as its probability. As many are missing as the error rate makes of all
connections, give or take chance: each is added between any holder and any item, all alike.
Agreements that funds need are treated in the same way. Errors are independent of each other;
those of one document, or of one reader, are not, so that true doubt may be greater.

At the level of departments the posts and bodies below them are taken as certain.

**Reference.** S. P. Borgatti, K. M. Carley and D. Krackhardt, "On the robustness of centrality
measures under conditions of imperfect data", Social Networks 28 (2006): links added and taken
away at random.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.analyses.holdings import ANSWERING, ROLES, Level, by_holder, holdings
from graph.analyses.links import Link, links
from graph.analyses.measures import Numbered
from graph.analyses.two_mode import two_mode_maximum
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.analyses.measures import Numbers, Pairs
    from graph.read.project import Graph


@dataclass(frozen=True)
class Doubted:
    """The graph as the documents have it, and how sure each connection is."""

    holders: tuple[str, ...]
    items: tuple[str, ...]
    funds: tuple[str, ...]
    stated: Numbered
    """what all documents say together, as if each link were certain"""
    chance: Numbers
    """for each connection, the probability that one of its links is there"""
    approval_chance: Numbers
    rests_on: tuple[tuple[Link, ...], ...]
    """for each holder, the links it is ranked by"""

    @property
    def certain(self) -> bool:
        """Whether every link has confidence 1."""
        return bool((self.chance == 1).all() and (self.approval_chance == 1).all())


def doubted(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
    pivots: int = 0,
) -> Doubted:
    """Holders, items and their connections with the probability of each.

    Raises ParameterError for a link whose confidence is not between 0 and 1.

    >>> from graph.analyses.example import example
    >>> found = doubted(example())
    >>> len(found.holders), len(found.items), found.chance.tolist(), found.certain
    (3, 2, [1.0, 1.0, 1.0, 1.0], True)
    """
    import numpy as np

    held = by_holder(holdings(graph, roles=roles, level=level, leave_out=leave_out))
    stopping = {veto.holder: veto for veto in vetoes(graph, level=level, leave_out=leave_out)}
    holders = sorted({*held, *stopping})
    items = sorted({item for shares in held.values() for item in shares})
    funds = sorted({f for veto in stopping.values() for f in (*veto.sole, *veto.shared)})
    item_at = {item: place for place, item in enumerate(items)}
    fund_at = {fund: place for place, fund in enumerate(funds)}
    pairs, chance, answering = [], [], []
    approvals, approval_chance = [], []
    rests_on = []
    for number, holder in enumerate(holders):
        found: list[Link] = []
        for item, share in held.get(holder, {}).items():
            rests = links(graph, share.places)
            found += rests
            pairs.append((number, item_at[item]))
            chance.append(_any(link for link in rests if link.type == "RESPONSIBLE_FOR"))
            answering.append(any(role in ANSWERING for role in share.roles))
        if veto := stopping.get(holder):
            found += veto.links
            for fund in (*veto.sole, *veto.shared):
                says = [li for li in veto.links if li.type == "APPROVES" and li.to_id == fund]
                approvals.append((number, fund_at[fund]))
                approval_chance.append(_any(says))
        rests_on.append(tuple(sorted(set(found))))
    stated = Numbered(
        holders=len(holders),
        items=len(items),
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        answering=np.array(answering, dtype=bool),
        approvals=np.array(approvals, dtype=np.int64).reshape(-1, 2),
        most=two_mode_maximum(len(held), len(items)),
        pivots=pivots,
    )
    return Doubted(
        tuple(holders),
        tuple(items),
        tuple(funds),
        stated,
        np.array(chance, dtype=np.float64),
        np.array(approval_chance, dtype=np.float64),
        tuple(rests_on),
    )


def resampled(found: Doubted, rate: float, number: int, seed: int) -> Numbered:
    """The `number`th of the graphs that might be; the same for the same seed, in any order."""
    import numpy as np

    draw = np.random.default_rng([seed, number])
    stated = found.stated
    pairs, there, added = _drawn(
        draw, stated.pairs, found.chance, rate, stated.holders, stated.items
    )
    role = draw.random(added) < (stated.answering.mean() if len(stated.answering) else 0.0)
    approvals, _, _ = _drawn(
        draw, stated.approvals, found.approval_chance, rate, stated.holders, len(found.funds)
    )
    answering = np.concatenate([stated.answering[there], role])
    return replace(stated, pairs=pairs, answering=answering, approvals=approvals, seed=number + 1)


def _drawn(
    draw: np.random.Generator, pairs: Pairs, chance: Numbers, rate: float, rows: int, columns: int
) -> tuple[Pairs, NDArray[np.bool_], int]:
    """What is there, which of `pairs` it holds, and how many were added behind those."""
    import numpy as np

    there = draw.random(len(pairs)) < chance * (1 - rate)
    kept = pairs[there]
    more = int(draw.binomial(len(pairs), rate)) if len(pairs) else 0
    new = np.stack([draw.integers(0, max(rows, 1), more), draw.integers(0, max(columns, 1), more)])
    codes = np.unique(new[0] * max(columns, 1) + new[1])
    codes = codes[~np.isin(codes, kept[:, 0] * max(columns, 1) + kept[:, 1])]
    added = np.stack(np.divmod(codes, max(columns, 1)), axis=1)
    return np.concatenate([kept, added]), there, len(added)


def _any(says: Iterable[Link]) -> float:
    """The probability that one of several links is there."""
    for link in (found := list(says)):
        if not 0 <= link.confidence <= 1:
            raise ParameterError(
                f"{link.type} {link.from_id} → {link.to_id} ({link.source}, {link.locator}) has "
                f"confidence {link.confidence:g}, which is no probability: correct it to a number "
                "from 0 to 1"
            )
    return 1.0 - math.prod(1.0 - link.confidence for link in found)
