"""The sample: sound, complete, true to the four documents, and in words of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from graph.bundle.check import check_bundle
from graph.schema.model import Node, Record, Relationship, properties
from graph.schema.nodes import PSA, Conclusion, Document, Fund, Organisation, Target
from graph.schema.relationships import MadeIn, PassageOf, ResponsibleFor, StatesAmount, TargetOf
from graph.schema.types import TYPES
from loaders.sample import folders
from tests.bundle_records import FactBundle, read_bundle
from tests.integration.graphs import caption
from tests.project_files import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
WIRING, TOGETHER = "wiring-it-up-2001", "working-together-2009"
REFORM, BETTER = "public-service-reform-2009", "better-public-services-2011"
Kind = TypeVar("Kind", bound=Record)


@cache
def read(name: str) -> FactBundle:
    return read_bundle(next(folder for folder in folders() if folder.name == name))


def of(name: str, cls: type[Kind]) -> list[Kind]:
    return [record for record in read(name).records if type(record) is cls]


def everything() -> Iterator[Record]:
    for folder in folders():
        yield from read(folder.name).records


def test_the_four_documents() -> None:
    assert {f.name: read(f.name).source.id for f in folders()} == {
        BETTER: "nz/document/better-public-services-work-programme-2011",
        REFORM: "uk/document/cabinet-office-public-service-reform-2009",
        WIRING: "uk/document/wiring-it-up-progress-report-2001",
        TOGETHER: "uk/document/working-together-2009",
    }


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_bundle_is_sound_and_says_how_much_it_holds(folder: Path) -> None:
    assert check_bundle(folder) == []
    bundle = read(folder.name)
    assert bundle.source.expected == bundle.counts
    assert {path.stem for path in folder.glob("*.csv")} == set(bundle.counts)
    source = bundle.source
    assert None not in (source.id, source.publisher, source.published, source.attribution)
    assert source.jurisdiction in ("uk", "nz")
    assert re.fullmatch(r"[0-9a-f]{64}", source.sha256 or "")


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_bundle_speaks_for_its_own_document_only(folder: Path) -> None:
    bundle = read(folder.name)
    assert {record.provenance.source for record in bundle.records} == {bundle.source.id}
    (described,) = (node for node in of(folder.name, Document) if node.id == bundle.source.id)
    for name in ("title", "publisher", "sha256", "licence", "attribution", "url"):
        assert getattr(described, name) == getattr(bundle.source, name), name
    assert str(described.published)[:4] == str(bundle.source.published)[:4]


def test_every_record_says_where_it_stands_and_was_read_by_a_person() -> None:
    for record in everything():
        where = record.provenance
        assert where.locator == where.locator.strip() != ""
        assert (where.rule, where.quote) == (None, None)
        if where.basis == "inferred":
            assert where.confidence < 1, record


def test_nothing_is_called_by_two_ids_of_one_type() -> None:
    names: dict[tuple[str, str, str], set[str]] = {}
    for record in everything():
        if isinstance(record, Node):
            jurisdiction = record.id.split("/")[0]
            key = (type(record).__name__, jurisdiction, caption(record).casefold())
            names.setdefault(key, set()).add(record.id)
    twice = {
        key[::2]: sorted(ids)
        for key, ids in names.items()
        if len(ids) > 1 and key[0] not in ("Milestone", "Conclusion", "Passage")
    }
    assert twice == {}


def test_no_responsibility_has_two_roles_of_answering() -> None:
    roles: dict[tuple[str, str, str], set[str]] = {}
    for record in everything():
        if isinstance(record, ResponsibleFor):
            key = (record.from_id, record.to_id, record.provenance.locator)
            roles.setdefault(key, set()).add(record.role)
    assert {key: found for key, found in roles.items() if {"lead", "joint"} <= found} == {}


def test_a_role_of_joint_is_never_alone() -> None:
    holders: dict[str, set[str]] = {}
    for record in everything():
        if isinstance(record, ResponsibleFor) and record.role == "joint":
            holders.setdefault(record.to_id, set()).add(record.from_id)
    # Several people hold this post at a time, and answer together.
    collective = {"uk/post/accounting-officer"}
    assert {i: who for i, who in holders.items() if len(who) < 2 and not who <= collective} == {}


def test_the_forty_two_conclusions() -> None:
    found = of(WIRING, Conclusion)
    assert [(c.id, c.name, c.number) for c in found] == [
        (f"uk/conclusion/wiring-it-up/{n}", f"Conclusion {n}", n) for n in range(1, 43)
    ]
    assert [c.id for c in found if not c.summary] == []
    made = {link.from_id for link in of(WIRING, MadeIn)}
    assert {c.id for c in found} <= made


def test_two_amounts_for_the_neighbourhood_renewal_fund() -> None:
    stated = [
        (link.amount, link.currency, link.amount_basis, link.provenance.locator)
        for link in of(WIRING, StatesAmount)
        if link.to_id == "uk/fund/neighbourhood-renewal-fund"
    ]
    assert stated == [
        (900_000_000.0, "GBP", "total", "3.8.12"),
        (800_000_000.0, "GBP", "total", "3.25.1"),
    ]
    assert "uk/fund/neighbourhood-renewal-fund" in {fund.id for fund in of(WIRING, Fund)}


def test_fourteen_councils_with_a_local_agreement_each() -> None:
    agreements = {psa.id for psa in of(WIRING, PSA) if psa.kind == "local"}
    links = [link for link in of(WIRING, ResponsibleFor) if link.to_id in agreements]
    councils = {link.from_id for link in links}
    assert (len(agreements), len(links), len(councils)) == (14, 14, 14)
    labels = {o.id: o.labels for o in of(WIRING, Organisation)}
    assert {labels[council] for council in councils} == {("LocalAuthority",)}


def test_five_cross_cutting_agreements() -> None:
    assert {psa.id for psa in of(WIRING, PSA) if psa.kind == "cross-cutting"} == {
        "uk/psa/sure-start",
        "uk/psa/welfare-to-work",
        "uk/psa/criminal-justice-system",
        "uk/psa/action-against-illegal-drugs",
        "uk/psa/local-government",
    }


def test_who_answers_for_illegal_drugs() -> None:
    psa = "uk/psa/action-against-illegal-drugs"
    targets = {link.from_id for link in of(WIRING, TargetOf) if link.to_id == psa}
    first = f"{psa.replace('psa', 'target')}/1"
    assert first in targets
    assert {
        (link.from_id, link.role) for link in of(WIRING, ResponsibleFor) if link.to_id == first
    } == {
        ("uk/post/home-secretary", "lead"),
        ("uk/post/secretary-of-state-for-health", "support"),
        ("uk/post/secretary-of-state-for-education-and-employment", "support"),
    }


def test_seven_priorities_of_new_zealand() -> None:
    found = [c for c in of(BETTER, Conclusion) if c.kind == "priority"]
    assert [(c.name, c.number) for c in found] == [(f"Priority {n}", n) for n in range(1, 8)]


def test_what_is_to_be_published_has_a_date_and_an_owner() -> None:
    target = "uk/target/working-together/framework-for-regeneration"
    assert {t.id: str(t.due) for t in of(TOGETHER, Target)}[target] == "2009-08"
    owners = [(r.from_id, r.role) for r in of(TOGETHER, ResponsibleFor) if r.to_id == target]
    assert owners == [("uk/org/government", "lead")]


def test_documents_meet_in_shared_ids() -> None:
    stated: dict[str, set[str]] = {}
    for folder in folders():
        for record in read(folder.name).records:
            if isinstance(record, Node):
                stated.setdefault(record.id, set()).add(folder.name)
    assert stated["uk/org/cabinet-office"] == {WIRING, TOGETHER, REFORM}
    types = {record.id: type(record) for record in everything() if isinstance(record, Node)}
    torn = [r.id for r in everything() if isinstance(r, Node) and types[r.id] is not type(r)]
    assert torn == []


# ---- words of our own ------------------------------------------------------------------------

RUN = 8
OWN_WORDS = {
    "summary", "response", "condition", "done", "planned", "on",
}  # fmt: skip
"""properties that hold words of ours; names, titles and printed deadlines are the document's"""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    every = {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}
    # A citation such as s9(2)(f)(iv) can only be put one way.
    return {run for run in every if sum(len(word) > 2 for word in run) > RUN // 2}


def test_which_properties_hold_words_of_ours() -> None:
    texts = {p.name for cls in TYPES.values() for p in properties(cls) if p.kind == "text"}
    assert OWN_WORDS - texts == set()
    assert texts - OWN_WORDS == {
        *("name", "title", "abbreviation", "jurisdiction", "number", "part", "kind", "period"),
        *("due_text", "phase", "service", "code", "currency", "publisher", "url", "licence"),
        *("attribution", "sha256", "text", "page"),
    }


def test_no_passage_of_a_document_is_carried() -> None:
    carried = [r for r in everything() if isinstance(r, PassageOf) or "/passage/" in repr(r)[:80]]
    assert carried == []


@pytest.mark.corpus
def test_no_sentence_of_a_document_is_copied() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the documents are not beside the repository")
    printed: set[tuple[str, ...]] = set()
    for path in sorted(SEEDS.glob("*.txt")):
        printed |= runs(path.read_text("utf-8", errors="replace"))
    assert len(printed) > 10_000
    named: set[tuple[str, ...]] = set()
    for record in everything():
        if isinstance(record, Node):
            aliases = getattr(record, "aliases", ())
            for name in (caption(record), *aliases):
                named |= runs(name)
    copied = {}
    for record in everything():
        for name in OWN_WORDS & {p.name for p in properties(type(record))}:
            text = getattr(record, name)
            if text and (same := (runs(text) & printed) - named):
                place = record.id if isinstance(record, Node) else record.from_id
                copied[place, name] = [" ".join(run) for run in sorted(same)]
    assert copied == {}


def test_links_are_counted_as_the_documents_print_them() -> None:
    links = [record for record in everything() if isinstance(record, Relationship)]
    nodes = [record for record in everything() if isinstance(record, Node)]
    expected = sum(sum(read(folder.name).source.expected.values()) for folder in folders())
    assert len(links) + len(nodes) == expected
