"""`joinedup check` on the graph, and each rule held against the question that lists the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.analyses.gaps import gaps
from graph.analyses.rules import RULES, TYPES
from graph.database.store import Store
from graph.read.project import project
from queries.ask import ask
from queries.catalogue import catalogue
from tests.command_line import Capture, out_of, said
from tests.integration.conflicts import CONFLICTS
from tests.integration.graphs import load_records
from tests.integration.on_sample import at_home, loaded

DATE = "2002-01"
NAMED = ("item", "conclusion", "milestone", "fund", "target")
"""the columns of questions that name what a row is about"""


@pytest.fixture
def sample(
    store: Store,
    database_environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Store]:
    at_home(monkeypatch, tmp_path)
    with loaded(store) as found:
        yield found


def asked(store: Store, question: str, kind: str) -> list[str]:
    """The names that a question lists for one type of item, sorted."""
    params = {param.name: param for param in catalogue()[question].params}
    given = {"on": DATE} if "on" in params else {}
    if "kind" in params and kind in params["kind"].choices:
        given["kind"] = kind
    rows = [row.values for row in ask(store, question, given, limit=100_000).rows]
    column = next(name for name in NAMED if name in catalogue()[question].columns)
    # In some questions `kind` is the type of item, in others what sort of fund it is.
    return sorted(row[column] for row in rows if row.get("kind") not in {*TYPES} - {kind})


def test_every_rule_finds_what_its_question_lists(sample: Store) -> None:
    graph = project(sample)
    differ = {}
    for rule in (rule for rule in RULES if rule.name != "dates_disagree"):
        for kind, question in rule.questions.items():
            found = gaps(graph, rules=[rule.name], types=[kind], as_at=DATE)
            names = sorted(graph.nodes[gap.item]["name"] for gap in found)
            listed = asked(sample, question, kind)
            if question == "conclusions.without-date":  # it lists what is ongoing, too
                ongoing = [
                    row.values["conclusion"]
                    for row in ask(sample, question, limit=100_000).rows
                    if row.values["ongoing"]
                ]
                listed = sorted((Counter(listed) - Counter(ongoing)).elements())
            if names != listed:
                differ[rule.name, kind] = (names, listed)
    assert differ == {}


def test_dates_that_disagree_are_found_by_both(store: Store) -> None:
    load_records(store, CONFLICTS)
    found = gaps(project(store), rules=["dates_disagree"])
    answer = ask(store, "evidence.dates-disagree")
    assert sorted(tuple(fact.locator for fact in gap.facts) for gap in found) == sorted(
        tuple(piece.locator for piece in row.evidence) for row in answer.rows
    )
    assert len(found) == 2


def test_check_lists_by_severity_and_leaves_with_1(sample: Store, capsys: Capture) -> None:
    code, out, err = said(capsys, "check", "--as-at", DATE, "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert (found["as_at"], found["severity"]) == (DATE, "high")
    assert {finding["severity"] for finding in found["findings"]} == {"high"}
    assert len(found["findings"]) == found["counts"]["high"] > 0
    assert all(finding["evidence"] for finding in found["findings"])
    every = gaps(project(sample), as_at=DATE)
    assert found["counts"] == {
        each: sum(gap.severity == each for gap in every) for each in ("high", "medium", "low")
    }
    code, out, _ = said(capsys, "check", "--as-at", DATE, "--severity", "low", "--csv")
    assert code == 1
    listed = out.splitlines()
    assert listed[0].split(",")[:6] == [
        "item", "item_name", "item_type", "gap", "gap_title", "sort",
    ]  # fmt: skip
    assert out.count("\n") >= len(every)


def test_check_leaves_with_0_when_nothing_is_grave_enough(sample: Store, capsys: Capture) -> None:
    out = out_of(capsys, "check", "--rules", "no_fund,dates_disagree", "--as-at", DATE)
    number = len(gaps(project(sample), rules=["no_fund", "dates_disagree"], as_at=DATE))
    assert out.splitlines()[0] == (
        f"Gaps and conflicts as at {DATE}: 0 high, 0 medium, {number} low"
    )
    assert "Listed: 0 of severity high, in " in out
    assert "no fund (low): joinedup ask funds.unfunded" in out


def test_what_is_overdue_depends_on_the_date(sample: Store, capsys: Capture) -> None:
    def late(when: str) -> int:
        words = ("check", "--rules", "overdue", "--severity", "medium", "--json", "--as-at", when)
        _, out, _ = said(capsys, *words)
        return len(json.loads(out)["findings"])

    assert 0 == late("1998") < late("2001-06") < late("2012")
