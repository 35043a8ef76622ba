"""What axe-core finds wrong with a page for people who cannot see, hear or point as others do.

`faults` gives the serious and critical findings that are ours to mend. What Streamlit draws and
no setting of ours reaches is in `NOT_OURS`, each by its rule, its element and the reason.
"""

import re
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class NotOurs:
    """One fault of Streamlit's own: the rule, the HTML of the element it is found on, and why."""

    rule: str
    html: str
    """regular expression, to be found in the element's own opening tag"""
    why: str


NOT_OURS = (
    NotOurs("list", r'data-testid="stSidebarNavItems"', "st.navigation puts sections into a list"),
    NotOurs("listitem", r"<li class=\"st-emotion-cache-\w+ \w+\"", "the pages of those sections"),
    NotOurs(
        "scrollable-region-focusable",
        r'data-testid="stGraphVizChart"',
        "st.graphviz_chart takes no tabindex; Chromium and Firefox let the keyboard in regardless",
    ),
)


def faults(page: Page, within: str | None = None) -> list[str]:
    """Serious and critical findings on the page as it stands, one line each, ours alone.

    `within` narrows it to what a CSS selector names.
    """
    found = _violations(page, within)
    return [_line(rule, node) for rule, node in found if not _excused(rule["id"], node["html"])]


def _violations(page: Page, within: str | None) -> list[tuple[Any, Any]]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    result = page.evaluate(
        "(within) => axe.run(within ? {include: [[within]]} : document,"
        " {resultTypes: ['violations']})",
        within,
    )
    return [
        (rule, node)
        for rule in result["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def _excused(rule: str, html: str) -> bool:
    tag = html.partition(">")[0]
    return any(each.rule == rule and re.search(each.html, tag) for each in NOT_OURS)


def _line(rule: Any, node: Any) -> str:
    why = " ".join((node.get("failureSummary") or "").split())
    return f"{rule['id']} ({rule['impact']}): {node['html'][:300]} – {why[:300]}"
