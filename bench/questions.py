"""Canned questions through the runner, beside the same Cypher on the raw driver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median
from typing import Any

import neo4j

from bench.environment import Bench
from bench.figures import Figure, Part, interleaved, no_slower
from bench.loading import SMALL, bundle
from graph.load.load import load_bundle
from loaders.sample import folders
from queries.ask import ask as ask_question
from queries.catalogue import question

Asked = tuple[str, Mapping[str, str]]

ON_SAMPLE: tuple[Asked, ...] = (
    ("responsibility.joint", {"target": "Action Against Illegal Drugs 1"}),
    ("responsibility.department-pairs", {}),
    ("conclusions.no-owner", {}),
    ("funds.amounts", {"fund": "Policy Innovation Fund"}),
    ("funds.conflicting-amounts", {}),
)
ON_SYNTHETIC: tuple[Asked, ...] = (
    ("responsibility.joint", {"target": "xx/target/service-000000"}),
    ("responsibility.three-or-more", {}),
    ("conclusions.no-owner", {}),
    ("funds.controlled-by", {"who": "xx/org/service-000000"}),
)
TITLES = "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.title AS title"
ROUNDS = 10
"""askings that make one sample: a single one takes a few milliseconds"""

SAMPLES = 7


def ask(bench: Bench) -> Part:
    """Questions on the sample and on a synthetic graph."""
    part = Part(
        "ask",
        "canned questions: parameters, names, evidence and denominator",
        "the question's Cypher, its count and the titles of the documents cited, each in a READ "
        "transaction on the raw driver; the rows are read and dropped",
    )
    bench.wipe()
    for folder in folders():
        load_bundle(bench.store, folder)
    for question_id, given in ON_SAMPLE:
        part.figures += _figures(bench, "sample", question_id, given)
    bench.wipe()
    load_bundle(bench.store, bundle(bench, SMALL))
    for question_id, given in ON_SYNTHETIC:
        part.figures += _figures(bench, f"synthetic {SMALL:,}", question_id, given)
    part.notes += [
        "The first line of a question leaves finding the id of a name out, on both sides: it is "
        "asked with the id. 'asked by name' is the whole of it. 'beside its rows alone' sets the "
        "whole answer (rows, denominator, titles, evidence) against the one query for its rows.",
        f"Each sample is the mean of {ROUNDS} askings in a row, after a warm-up.",
    ]
    return part


def _figures(
    bench: Bench, graph: str, question_id: str, given: Mapping[str, str]
) -> Iterator[Figure]:
    found = question(question_id)
    values = ask_question(bench.store, found, given).parameters
    as_text = tuple(replace(p, type="str") if p.type == "id" else p for p in found.params)
    resolved = replace(found, params=as_text)
    database = bench.connection.database

    def ours() -> None:
        for _ in range(ROUNDS):
            ask_question(bench.store, resolved, values)

    def theirs() -> None:
        for _ in range(ROUNDS):
            _raw(bench.driver, database, [found.cypher, found.of, TITLES], values)

    def named() -> None:
        for _ in range(ROUNDS):
            ask_question(bench.store, found, given)

    def alone() -> None:
        for _ in range(ROUNDS):
            _raw(bench.driver, database, [found.cypher], values)

    works = [ours, theirs, alone, *([named] if given else [])]
    interleaved(works, 1)
    taken = [[1000 * t / ROUNDS for t in samples] for samples in interleaved(works, SAMPLES)]
    asked = f"{graph}: {question_id}"
    yield replace(no_slower(asked, taken[0], taken[1], 1.1), unit="ms")
    ratio = median(taken[0]) / median(taken[2])
    yield Figure(f"{asked}, beside its rows alone", "ms", taken[0], taken[2], "", ratio)
    if given:
        yield Figure(f"{asked}, asked by name", "ms", taken[3], says="", goal="")


def _raw(
    driver: neo4j.Driver, database: str, queries: list[str], values: Mapping[str, Any]
) -> None:
    cited: set[str] = set()
    for query in queries:
        with driver.session(database=database) as session:
            rows = session.execute_read(
                lambda t, q: t.run(q, ids=sorted(cited), **values).data(), query
            )
        for row in rows:
            cited.update(piece["document"] for piece in row.get("evidence", []))
