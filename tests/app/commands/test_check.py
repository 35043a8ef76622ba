"""`joinedup check` on a bundle: every problem in every form, and no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import Capture, said
from tests.graph.bundle_folders import PLAN, PROVENANCE, bundle

pytestmark = pytest.mark.usefixtures("no_database")


def test_what_is_about_the_graph_is_no_word_on_a_bundle(capsys: Capture, tmp_path: Path) -> None:
    code, out, err = said(capsys, "check", str(tmp_path), "--severity", "low")
    assert (code, out) == (2, "")
    assert err == (
        f"joinedup: --severity is about the graph: leave it out, or leave out {tmp_path}\n"
    )


def test_a_slip_in_a_check_of_the_graph_is_told_at_once(capsys: Capture) -> None:
    code, _, err = said(capsys, "check", "--as-at", "30 June")
    assert (code, err) == (
        2,
        "joinedup: as_at: '30 June' is not a date: write 2001, 2001-04 or 2001-04-30\n",
    )
    code, _, err = said(capsys, "check", "--rules", "no_owner,nothing")
    assert code == 2
    assert err.startswith("joinedup: rules: 'nothing' is not one of: no_owner, only_support, ")
    code, _, err = said(capsys, "check", "--severity", "grave")
    assert code == 2
    assert "'grave' is not one of 'high', 'medium', 'low'" in err


def test_checking_needs_no_database(capsys: Capture, tmp_path: Path) -> None:
    good, bad = bundle(tmp_path / "good"), tmp_path / "bad"
    bundle(bad, Post_csv=f"id,name,{PROVENANCE}\nuk/post/a,=A,{PLAN},1,=stated,1\n")
    assert said(capsys, "check", str(good)) == (0, f"{good}: no problems, fit to load\n", "")
    assert said(capsys, "check", "sample")[:2] == (0, "sample: no problems, fit to load\n")
    rows = [
        {
            "file": "POST_IN.csv",
            "line": 2,
            "column": "from_id",
            "message": "'uk/post/home-secretary' is no node of this bundle: add it, or correct "
            "the id",
            "bundle": str(bad),
        },
        {
            "file": "Post.csv",
            "line": 2,
            "column": "basis",
            "message": "'=stated' is not one of: stated, inferred",
            "bundle": str(bad),
        },
    ]
    code, out, err = said(capsys, "check", str(bad), "--json")
    assert (code, json.loads(out), err) == (3, rows, "")
    assert said(capsys, "check", str(bad), "--csv") == (
        3,
        "bundle,file,line,column,message\n"
        f"{bad},POST_IN.csv,2,from_id,\"'uk/post/home-secretary' is no node of this bundle: add "
        'it, or correct the id"\n'
        f"{bad},Post.csv,2,basis,\"'=stated' is not one of: stated, inferred\"\n",
        "",
    )
    code, out, _ = said(capsys, "check", str(bad), "--table")
    assert (code, out.splitlines()[0]) == (3, f"{bad}: 2 problems")
    nowhere = tmp_path / "nowhere"
    code, out, _ = said(capsys, "check", str(nowhere), "--csv")
    assert (code, out) == (
        3,
        f"bundle,file,line,column,message\n{nowhere},{nowhere},0,,there is no such folder\n",
    )
    assert said(capsys, "check", str(nowhere), "--markdown")[1].splitlines()[-1] == (
        f"| {nowhere} |  |  | there is no such folder |".replace("_", r"\_")
    )


def test_loading_what_is_no_folder_is_told_before_a_database_is_started(
    capsys: Capture, tmp_path: Path
) -> None:
    code, out, err = said(capsys, "load", str(tmp_path / "smaple"))
    assert (code, out) == (3, "")
    assert err.endswith("smaple: there is no such folder\n")
