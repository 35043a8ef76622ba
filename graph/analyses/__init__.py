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
    gap_tables,
    joint,
    overlap,
    overview,
    resilience,
    sharing,
    vetoes,
)
from graph.analyses.result import Analysis, AnalysisResult, Option
from graph.errors import ParameterError

_MODULES = (
    joint,
    sharing,
    overlap,
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
    gap_tables,
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
