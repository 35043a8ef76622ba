"""Slips in `joinedup check` that need no database to be told."""

from pathlib import Path

from tests.integration.on_sample import Capture, said


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
