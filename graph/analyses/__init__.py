"""Analyses: pure functions on the projected graph, each one question about its shape.

`ANALYSES` lists them by name; NetworkX is imported when one runs, not when they are listed:

    result = ANALYSES["joint.pairs"].run(project(store), level="department")

Each result names, row by row, the relationships it rests on. A new analysis is a module with its
`ANALYSES`, and its name in `_MODULES`.
"""

from graph.analyses import (
    bottlenecks,
    bridges,
    brokerage,
    clusters,
    concentration,
    cores,
    cuts,
    duplicates,
    fragmentation,
    gaps,
    joint,
    overview,
    resilience,
    vetoes,
)
from graph.analyses.analysis import Analysis, AnalysisResult, Option
from graph.errors import ParameterError

_MODULES = (
    joint,
    clusters,
    cores,
    concentration,
    overview,
    bottlenecks,
    brokerage,
    cuts,
    bridges,
    vetoes,
    resilience,
    fragmentation,
    duplicates,
    gaps,
)

ANALYSES: dict[str, Analysis] = {
    analysis.name: analysis for module in _MODULES for analysis in module.ANALYSES
}
"""Every analysis by name."""


def analysis(name: str) -> Analysis:
    """The analysis called `name`. Raises ParameterError naming those there are."""
    try:
        return ANALYSES[name]
    except KeyError:
        raise ParameterError(f"no analysis '{name}' (known: {', '.join(ANALYSES)})") from None


__all__ = ["ANALYSES", "Analysis", "AnalysisResult", "Option", "analysis"]
