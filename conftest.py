"""What a run of the tests must not leave out.

JOINEDUP_REQUIRE=database,browser,node,dot turns a skip of an `integration`, `browser`, `node` or
`dot` test into a failure: on a build machine a database that was never started must not look like
a success. Without it what is missing skips with its reason. Tests marked `corpus` read documents
that live beside the repository and may always skip.
"""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# How long one example takes says how busy the machine is, and nothing of the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

MARKER_OF = {"database": "integration", "browser": "browser", "node": "node", "dot": "dot"}


def required_markers() -> frozenset[str]:
    """The markers whose tests may not skip; raises UsageError for an unknown word."""
    words = [word.strip() for word in os.environ.get("JOINEDUP_REQUIRE", "").split(",")]
    unknown = sorted(set(words) - set(MARKER_OF) - {""})
    if unknown:
        raise pytest.UsageError(
            f"JOINEDUP_REQUIRE={','.join(words)}: unknown {', '.join(unknown)}; "
            f"known: {', '.join(MARKER_OF)}"
        )
    return frozenset(MARKER_OF[word] for word in words if word)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a misspelt JOINEDUP_REQUIRE before anything runs."""
    required_markers()


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    skipped = report.longrepr
    return str(skipped[2]) if isinstance(skipped, tuple) else str(skipped)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a required test into a failure that keeps its reason."""
    report = yield
    marks = {mark.name for mark in item.iter_markers()}
    missing = required_markers() & marks
    if report.skipped and missing and "corpus" not in marks and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"required here ({', '.join(sorted(missing))}), yet: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module of tests/integration or tests/browser that skips as a whole."""
    report = yield
    missing = required_markers() & set(collector.path.parts)
    if report.skipped and missing:
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"required here ({', '.join(sorted(missing))}), yet: {reason}"
    return report
