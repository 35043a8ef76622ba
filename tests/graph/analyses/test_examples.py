"""The worked examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import graph.analyses

MODULES = sorted(module.name for module in pkgutil.iter_modules(graph.analyses.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    module = importlib.import_module(f"graph.analyses.{name}")
    assert doctest.testmod(module).failed == 0


EXPLAINED = (
    *("joint", "clusters", "cores", "concentration", "bottlenecks", "brokerage", "cuts"),
    *("rank_intervals", "vetoes", "resilience", "fragmentation", "duplicates", "gaps"),
)


@pytest.mark.parametrize("name", EXPLAINED)
def test_every_analysis_says_what_it_is(name: str) -> None:
    about = importlib.import_module(f"graph.analyses.{name}").__doc__ or ""
    assert "**A zero.**" in about
    assert "**Cost.**" in about
    assert "**Reference" in about
    module = importlib.import_module(f"graph.analyses.{name}")
    assert doctest.DocTestFinder().find(module)
    assert sum(len(test.examples) for test in doctest.DocTestFinder().find(module)) >= 2
