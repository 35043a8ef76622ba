"""Projection: the whole graph from Neo4j into memory, beside the bare driver."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench.environment import Bench
from bench.figures import Figure, Part, faster, interleaved
from bench.loading import MIDDLE, bundle
from bench.synthetic import of_relationships
from graph.database import statements
from graph.load.load import load_bundle
from graph.read.project import project
from graph.read.rows import TOGETHER
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

LINKS = 1_000_000
FETCH = 2_000


def projection(bench: Bench) -> Part:
    """Every node and link into a networkx.MultiDiGraph."""
    records = of_relationships(LINKS).records if bench.full else MIDDLE
    part = Part(
        "project",
        f"the graph of a bundle of {records:,} records into memory",
        "the bare driver reading the same rows, which are dropped",
    )
    bench.wipe()
    load_bundle(bench.store, bundle(bench, records))
    made = project(bench.store)
    nodes, links = made.number_of_nodes(), made.number_of_edges()
    del made
    read = sum(1 for _ in rows(bench))
    taken = interleaved(
        [
            lambda: project(bench.store),
            lambda: sum(1 for _ in rows(bench)),
            lambda: sum(1 for _ in lists(bench)),
        ],
        min(3, bench.repetitions),
    )
    part.figures.append(faster(f"{nodes:,} nodes, {links:,} links", taken[0], taken[1], 0.8))
    ratio, words = median(taken[2]) / median(taken[0]), "of the speed of reading lists by hand"
    part.figures.append(Figure("the same", "s", taken[0], taken[2], words, ratio))
    rate = [links / seconds for seconds in taken[0]]
    part.figures.append(Figure("speed", "links/s", rate, [links / s for s in taken[1]]))
    part.notes.append(
        f"The bare driver read {read:,} rows, one by one as is usual. Projection asks for the same "
        f"rows in lists of {TOGETHER:,} and makes the graph of them; the second line has the bare "
        "driver read those lists. All had read everything once before."
    )
    if not bench.full:
        part.notes.append(f"--full makes it {LINKS:,} relationships.")
    return part


def rows(bench: Bench) -> Iterator[object]:
    """What projection reads, row by row, as the driver gives it."""
    queries = [
        f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id"
        for label in NODE_TYPES
    ]
    queries += [
        f"MATCH (a)-[r:{name}]->(b) RETURN a.id AS from_id, b.id AS to_id, "
        "properties(r) AS properties"
        for name in RELATIONSHIP_TYPES
    ]
    with bench.driver.session(database=bench.connection.database, fetch_size=FETCH) as session:
        for query in queries:
            yield from session.run(query)


def lists(bench: Bench) -> Iterator[object]:
    """The same rows by hand in the lists in which projection asks for them."""
    queries = [statements.gathered_nodes(cls) for cls in NODE_TYPES.values()]
    queries += [statements.gathered_relationships(cls) for cls in RELATIONSHIP_TYPES.values()]
    with bench.driver.session(database=bench.connection.database, fetch_size=FETCH) as session:
        for query in queries:
            for record in session.run(query, together=TOGETHER):
                yield from record["rows"]
