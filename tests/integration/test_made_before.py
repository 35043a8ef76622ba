"""What an earlier joinedup wrote is read, loaded, restored and asked as it was then."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from graph.database.store import Store
from tests.command_line import Capture, out_of
from tests.made_before import (
    BACKUP,
    BUNDLE,
    LINKS,
    READ,
    SHARED,
    THINGS,
    Row,
    records,
    workspace,
)

TITLE = "Two papers on harbours"
SOURCE = "source.yaml"  # says on which day it was written


@pytest.fixture(autouse=True)
def kept(here: None, store: Store, tmp_path: Path) -> Path:
    """The workspace of then, and an empty graph."""
    return workspace(tmp_path / "workspace")


def exported(capsys: Capture, to: Path, *words: str) -> Path:
    """What is in the graph, or a part of it, as a bundle."""
    out_of(capsys, "export", "--format", "bundle", "--to", str(to), *words)
    return to


def accepted(found: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The records that no reviewer rejected: what the graph holds."""
    kept = {
        type_: [row for row in rows if row.get("judgement") != "rejected"]
        for type_, rows in found.items()
    }
    return {type_: rows for type_, rows in kept.items() if rows}


def test_the_bundle_is_loaded_and_comes_out_as_it_was(capsys: Capture, tmp_path: Path) -> None:
    told = out_of(capsys, "load", str(BUNDLE))
    assert told.startswith(
        f"{TITLE}: {READ} read, {READ - 1} written, 0 unchanged, 0 removed, "
        "1 left out as rejected ("
    )
    assert records(exported(capsys, tmp_path / "out")) == accepted(records(BUNDLE))
    facts = json.loads(out_of(capsys, "db", "status", "--json"))
    assert (facts["things"], facts["links"]) == (THINGS, LINKS - 1)


def test_the_backup_is_restored_to_the_same_records(capsys: Capture, tmp_path: Path) -> None:
    told = out_of(capsys, "db", "restore", str(BACKUP))
    assert re.search(
        rf": {READ} read, {READ - 1} written, 0 unchanged, 0 removed, 1 left out as rejected \(",
        told,
    )
    assert records(exported(capsys, tmp_path / "out")) == accepted(records(BUNDLE))
    again = tmp_path / "again.zip"
    out_of(capsys, "db", "backup", str(again))
    with zipfile.ZipFile(BACKUP) as before, zipfile.ZipFile(again) as after:
        names = sorted(name for name in before.namelist() if name != SOURCE)
        assert sorted(name for name in after.namelist() if name != SOURCE) == names
        # What was rejected is in the backup of now as it is in that of then.
        assert {name: sorted(after.read(name).splitlines()) for name in names} == {
            name: sorted(before.read(name).splitlines()) for name in names
        }


def test_the_question_of_then_is_asked(capsys: Capture, kept: Path) -> None:
    out_of(capsys, "load", str(BUNDLE))
    words = ["ask", "harbour.who-leads", "--agreement", "Safe Passage", "--sure", "95", "--json"]
    said = json.loads(out_of(capsys, *words))
    cypher = said.pop("cypher")
    question = (kept / "questions" / "harbour.who-leads.cypher").read_text("utf-8")
    assert question.endswith(f"*/\n{cypher}\n")
    plan = "xx/document/harbour-plan-2031"
    stated = {"key": None, "document": plan, "basis": "stated", "confidence": 1.0}
    assert said == {
        "question": "harbour.who-leads",
        "parameters": {"agreement": "xx/psa/safe-passage", "sure": 95},
        "rows": [
            {
                "who": "Minister of Harbours",
                "target": "Safe Passage 1",
                "since": "2031-04",
                "evidence": [{**stated, "locator": "2.1"}],
            },
            {
                "who": "Minister of Lamps",
                "target": "Safe Passage 2",
                "since": None,
                "evidence": [{**stated, "locator": "2.2"}],
            },
        ],
        "denominator": 2,
        "caveat": "Only leads that a document states: joint answers are left out.",
    }


def test_the_view_of_then_names_a_part_of_the_graph(capsys: Capture, tmp_path: Path) -> None:
    out_of(capsys, "load", str(BUNDLE))
    part = records(exported(capsys, tmp_path / "part", "--view", str(SHARED)))
    whole = records(BUNDLE)
    ends = [f"xx/target/safe-passage/{number}" for number in (1, 2)]
    lamps = "xx/post/minister-of-lamps"
    assert part == {
        "Document": [one for one in whole["Document"] if one["id"].endswith("plan-2031")],
        "Post": [one for one in whole["Post"] if one["id"] == lamps],
        "RESPONSIBLE_FOR": [one for one in whole["RESPONSIBLE_FOR"] if one["from_id"] == lamps],
        "Target": whole["Target"],
    }
    assert [one["to_id"] for one in part["RESPONSIBLE_FOR"]] == ends
