"""The search for garbage, away and back again."""

import gc

import pytest

from graph.read.project import gc_paused


def test_the_search_is_away_and_back_again() -> None:
    with gc_paused():
        assert not gc.isenabled()
        with gc_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_back_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), gc_paused():
        assert 1 / 0
    assert gc.isenabled()


def test_it_stays_away_where_it_was_away() -> None:
    gc.disable()
    try:
        with gc_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
