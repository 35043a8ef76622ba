"""The search for garbage, away and back again."""

import gc

import pytest

from graph.read.project import undisturbed


def test_the_search_is_away_and_back_again() -> None:
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_back_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), undisturbed():
        assert 1 / 0
    assert gc.isenabled()


def test_it_stays_away_where_it_was_away() -> None:
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
