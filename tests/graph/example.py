"""A small graph for the worked examples: invented, with one of everything they speak of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graph.read.project import from_records
from graph.schema.dates import PartialDate
from graph.schema.model import Provenance, Record
from graph.schema.nodes import PSA, Conclusion, Document, Fund, Organisation, Post, Target
from graph.schema.relationships import Approves, Funds, PostIn, ResponsibleFor, TargetOf

if TYPE_CHECKING:
    from graph.read.project import Graph

_PLAN = "uk/document/plan"


def example_records() -> list[Record]:
    """The Home Secretary and the Lord Chancellor answer together for one target, the Treasury
    leads another and must agree to the fund, and one conclusion has no owner.
    """
    at = partial(Provenance, source=_PLAN)
    home, chancellor, treasury = (
        "uk/post/home-secretary",
        "uk/post/lord-chancellor",
        "uk/org/treasury",
    )
    drugs, first, second = "uk/psa/drugs", "uk/target/drugs/1", "uk/target/drugs/2"
    office, fund = "uk/org/home-office", "uk/fund/drugs-fund"
    department = ("Department",)
    answers = ResponsibleFor
    return [
        Document(id=_PLAN, title="Plan", licence="OGL 3.0", provenance=at(locator="cover")),
        Organisation(id=office, name="Home Office", labels=department, provenance=at(locator="1")),
        Organisation(id=treasury, name="Treasury", labels=department, provenance=at(locator="1")),
        Post(id=home, name="Home Secretary", provenance=at(locator="2")),
        Post(id=chancellor, name="Lord Chancellor", provenance=at(locator="2")),
        PSA(id=drugs, name="Drugs", period="2001-04/2004-03", provenance=at(locator="3")),
        Target(id=first, name="Drugs 1", due=PartialDate("2004"), provenance=at(locator="3.1")),
        Target(id=second, name="Drugs 2", provenance=at(locator="3.2")),
        Fund(id=fund, name="Drugs Fund", provenance=at(locator="4")),
        Conclusion(id="uk/conclusion/plan/1", name="Conclusion 1", provenance=at(locator="5")),
        PostIn(from_id=home, to_id=office, provenance=at(locator="2")),
        TargetOf(from_id=first, to_id=drugs, provenance=at(locator="3.1")),
        TargetOf(from_id=second, to_id=drugs, provenance=at(locator="3.2")),
        answers(from_id=home, to_id=first, role="joint", provenance=at(locator="3.1")),
        answers(from_id=chancellor, to_id=first, role="joint", provenance=at(locator="3.1")),
        answers(from_id=treasury, to_id=second, role="lead", provenance=at(locator="3.2")),
        answers(from_id=home, to_id=second, role="support", provenance=at(locator="3.2")),
        Approves(from_id=treasury, to_id=fund, provenance=at(locator="4.1")),
        Funds(from_id=fund, to_id=drugs, provenance=at(locator="4.2")),
    ]


def example() -> Graph:
    """The graph of `example_records`."""
    return from_records(example_records())
