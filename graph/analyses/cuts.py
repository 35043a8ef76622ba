"""Single points of failure: holders, items and links without which the graph falls apart.

**Definition.** In the undirected two-mode graph of holders and items, a *cut point* is a node
whose removal leaves more pieces than there were; a *bridge* is a link of a holder to an item
whose removal does. `cut off` counts what lies outside the largest piece that remains (of equal
pieces, one with most items).

**A zero.** A cut point or bridge always cuts something off. A node that is not listed has a way
round it. Isolated nodes are neither: nothing hangs on them.

**Cost.** One pass over nodes and links (depth-first search).

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses import engine
from graph.analyses.bottlenecks import Side, two_mode_graph
from graph.analyses.forest import Weight, beyond, largest, total
from graph.analyses.holdings import ROLES, Level, by_holder, holdings
from graph.analyses.links import Link, count, evidence, label, links, name, ranks
from graph.analyses.options import ANY_ROLE, AS_NAMED, LEAVE_OUT, LEVEL, left_out
from graph.analyses.result import Analysis, Table

if TYPE_CHECKING:
    import networkx as nx

    from graph.project import Graph


@dataclass(frozen=True)
class CutPoint:
    """A holder or item that holds pieces of the graph together."""

    id: str
    side: str
    """holder or item"""
    pieces: int
    """into how many its removal splits what it is connected to"""
    holders: int
    """holders that are cut off from the largest piece"""
    items: int
    """items that are cut off from the largest piece"""
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Bridge:
    """The one connection between two parts of the graph."""

    holder: str
    item: str
    holders: int
    """holders in the smaller part"""
    items: int
    """items in the smaller part"""
    links: tuple[Link, ...]


def cut_points(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> tuple[CutPoint, ...]:
    """Every cut point; the one that cuts off most first, then by id.

    >>> from graph.analyses.example import example
    >>> [(cut.id, cut.pieces, cut.holders, cut.items) for cut in cut_points(example())]
    [('uk/post/home-secretary', 2, 1, 1), ('uk/target/drugs/1', 2, 1, 0), \
('uk/target/drugs/2', 2, 1, 0)]
    """
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    by_item = by_holder(held)
    found = []
    for (side, node_id), (pieces, off) in cut_off(two_mode_graph(held)).items():
        shares = held[node_id].values() if side == "item" else by_item[node_id].values()
        places = [place for share in shares for place in share.places]
        found.append(CutPoint(node_id, side, pieces, *off, links(graph, places)))
    return tuple(sorted(found, key=lambda c: (-c.holders - c.items, -c.items, c.id, c.side)))


def cut_off(two_mode: nx.Graph[Side]) -> dict[Side, tuple[int, Weight]]:
    """For each cut point of a two-mode graph: into how many pieces, and what it cuts off."""
    import networkx as nx

    cuts = engine.cut_nodes(two_mode)
    tree: nx.Graph[Side | int] = nx.Graph()
    weights: dict[Side | int, Weight] = {cut: _weight([cut]) for cut in cuts}
    for number, block in enumerate(engine.blocks(two_mode)):
        weights[number] = _weight(block - cuts)
        tree.add_edges_from((number, cut) for cut in block & cuts)
    far = beyond(tree, weights)
    found = {}
    for cut in cuts:
        pieces = [far[cut, block] for block in tree[cut]]
        found[cut] = (len(pieces), total(pieces, but=largest(pieces)))
    return found


def bridges(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> tuple[Bridge, ...]:
    """Every bridge; the one that cuts off most first, then by holder and item.

    >>> from graph.analyses.example import example
    >>> [(b.holder, b.item, b.holders, b.items) for b in bridges(example())][:2]
    [('uk/post/home-secretary', 'uk/target/drugs/1', 1, 1), \
('uk/post/home-secretary', 'uk/target/drugs/2', 1, 1)]
    """
    import networkx as nx

    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    two_mode = two_mode_graph(held)
    cut = engine.bridges(two_mode)
    rest = two_mode.copy()
    rest.remove_edges_from(cut)
    part_of: dict[Side, int] = {}
    weights: dict[int, Weight] = {}
    for number, part in enumerate(nx.connected_components(rest)):
        part_of.update(dict.fromkeys(part, number))
        weights[number] = _weight(part)
    tree: nx.Graph[int] = nx.Graph()
    tree.add_edges_from((part_of[one], part_of[other]) for one, other in cut)
    far = beyond(tree, weights)
    found = []
    for one, other in cut:
        (_, holder), (_, item) = sorted([one, other])
        sides = [
            far[part_of[one], part_of[other]],
            far[part_of[other], part_of[one]],
        ]
        off = total(sides, but=largest(sides))
        found.append(Bridge(holder, item, *off, links(graph, held[item][holder].places)))
    return tuple(sorted(found, key=lambda b: (-b.holders - b.items, -b.items, b.holder, b.item)))


def _weight(nodes: Collection[Side]) -> Weight:
    holders = sum(side == "holder" for side, _ in nodes)
    return holders, len(nodes) - holders


def cut_points_table(
    graph: Graph, *, roles: Collection[str], level: Level, leave_out: Collection[str]
) -> Table:
    """`cut_points` as a table, ranked."""
    found = cut_points(graph, roles=roles, level=level, leave_out=leave_out)
    places = ranks((cut.holders + cut.items, cut.items) for cut in found)
    rows = [
        {
            "rank": place,
            "id": cut.id,
            "name": name(graph, cut.id),
            "type": label(graph, cut.id),
            "side": cut.side,
            "pieces": cut.pieces,
            "holders_cut_off": cut.holders,
            "items_cut_off": cut.items,
        }
        for place, cut in zip(places, found, strict=True)
    ]
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    nodes = len(held) + len(by_holder(held))
    sentences = [f"{len(found):,} of {nodes:,} holders and items hold parts of the graph together."]
    if found:
        top = found[0]
        sentences.append(
            f"Without {name(graph, top.id)} its part of the graph falls into "
            f"{count(top.pieces, 'piece')}: {count(top.holders, 'holder')} and "
            f"{count(top.items, 'item')} are cut off from the rest."
        )
    note = left_out(graph, leave_out)
    return Table(rows, [evidence(cut.links) for cut in found], nodes, tuple(sentences), note)


def bridges_table(
    graph: Graph, *, roles: Collection[str], level: Level, leave_out: Collection[str]
) -> Table:
    """`bridges` as a table, ranked."""
    found = bridges(graph, roles=roles, level=level, leave_out=leave_out)
    places = ranks((bridge.holders + bridge.items, bridge.items) for bridge in found)
    rows = [
        {
            "rank": place,
            "holder": bridge.holder,
            "holder_name": name(graph, bridge.holder),
            "item": bridge.item,
            "item_name": name(graph, bridge.item),
            "holders_cut_off": bridge.holders,
            "items_cut_off": bridge.items,
        }
        for place, bridge in zip(places, found, strict=True)
    ]
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    connections = sum(len(holders) for holders in held.values())
    sentences = [
        f"{len(found):,} of {count(connections, 'connection')} of a holder to an item "
        f"{'has' if len(found) == 1 else 'have'} no way round."
    ]
    wide = [bridge for bridge in found if bridge.holders + bridge.items > 1]
    if wide:
        top = wide[0]
        sentences.append(
            f"The connection of {name(graph, top.holder)} to “{name(graph, top.item)}” is the "
            f"only one to {count(top.holders, 'holder')} and {count(top.items, 'item')}."
        )
    note = left_out(graph, leave_out)
    return Table(rows, [evidence(b.links) for b in found], connections, tuple(sentences), note)


ANALYSES = (
    Analysis(
        name="bottlenecks.cut_points",
        title="Without whom it falls apart",
        about="Holders and items whose removal splits the graph of holders and items, by what "
        "they cut off.",
        columns={
            "rank": "int",
            "id": "str",
            "name": "str",
            "type": "str",
            "side": "str",
            "pieces": "int",
            "holders_cut_off": "int",
            "items_cut_off": "int",
        },
        of="holders and items",
        caveat=AS_NAMED,
        compute=cut_points_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT),
    ),
    Analysis(
        name="bottlenecks.bridges",
        title="Connections without a way round",
        about="Links of a holder to an item that alone connect two parts of the graph.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "item": "str",
            "item_name": "str",
            "holders_cut_off": "int",
            "items_cut_off": "int",
        },
        of="connections of a holder to an item",
        caveat=AS_NAMED,
        compute=bridges_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT),
    ),
)
