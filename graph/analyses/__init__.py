"""Analyses: pure functions on the projected graph, each one question about its shape.

`ANALYSES` lists them by name. A module is imported when one of its analyses is looked up, and
NetworkX when one runs, so that running one analysis imports only what it needs:

    result = ANALYSES["joint.pairs"].run(project(store), level="department")

Each result names, row by row, the facts it rests on. A new analysis is a module with its
`ANALYSES`, and a line in `_MODULES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from graph.analyses.analysis import Analysis, AnalysisResult, Option
from graph.errors import ParameterError

_MODULES = {
    "joint": ("joint.items", "joint.pairs", "joint.roles", "joint.overlap"),
    "clusters": ("joint.clusters", "joint.memberships"),
    "cores": ("joint.core",),
    "concentration": ("joint.concentration",),
    "bottlenecks": ("bottlenecks", "bottlenecks.load", "bottlenecks.betweenness"),
    "brokerage": ("bottlenecks.brokerage",),
    "cuts": ("bottlenecks.cut_points", "bottlenecks.bridges"),
    "vetoes": ("bottlenecks.vetoes",),
    "resilience": (
        "resilience.losses",
        "resilience.loss",
        "resilience.cascade",
        "resilience.cutsets",
    ),
    "fragmentation": ("clutter",),
    "duplicates": ("clutter.duplicates",),
    "gaps": ("gaps.items", "gaps.summary"),
}
"""Module → the analyses that it declares in its `ANALYSES`, in that order."""


class Registry(Mapping[str, Analysis]):
    """Every analysis by name, imported when it is looked up."""

    def __init__(self, modules: Mapping[str, tuple[str, ...]]) -> None:
        self._module_of = {name: module for module, names in modules.items() for name in names}

    def __getitem__(self, name: str) -> Analysis:
        module = import_module(f"{__name__}.{self._module_of[name]}")
        declared: tuple[Analysis, ...] = module.ANALYSES
        return next(analysis for analysis in declared if analysis.name == name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._module_of)

    def __len__(self) -> int:
        return len(self._module_of)


ANALYSES = Registry(_MODULES)
"""Every analysis by name."""


def analysis(name: str) -> Analysis:
    """The analysis called `name`. Raises ParameterError naming those there are."""
    try:
        return ANALYSES[name]
    except KeyError:
        raise ParameterError(f"no analysis '{name}' (known: {', '.join(ANALYSES)})") from None


__all__ = ["ANALYSES", "Analysis", "AnalysisResult", "Option", "analysis"]
