"""Every page of the app with something on it, by the name of its screenshot."""

from dataclasses import dataclass, field

from app.screens.console.page import EXAMPLES

TARGET = "uk/target/action-against-illegal-drugs/1"
WIRING_IT_UP = "uk/document/wiring-it-up-progress-report-2001"
RESERVE = "uk/fund/criminal-justice-system-reserve"
HOME = "Who is responsible for what, and which paragraph says so"


@dataclass(frozen=True)
class Shown:
    """A page: its path, its heading, and what its address says it is to show."""

    path: str
    heading: str
    given: dict[str, str] = field(default_factory=dict)


PAGES = {
    "home": Shown("", HOME, {"find": "home secr"}),
    "ask": Shown("ask", "Ask", {"q": "responsibility.joint", "target": TARGET}),
    "explore": Shown("explore", "Explore", {"id": TARGET, "steps": "2"}),
    "thing": Shown("thing", "Look up", {"id": "uk/post/home-secretary"}),
    "documents": Shown("documents", "Documents"),
    "document": Shown("documents", "Documents", {"id": WIRING_IT_UP, "type": "RESPONSIBLE_FOR"}),
    "bottlenecks": Shown(
        "bottlenecks",
        "Bottlenecks",
        {"analysis": "bottlenecks.cut_points", "level": "department", "roles": "lead,joint"},
    ),
    "matrix": Shown("matrix", "Matrix", {"view": "shared", "roles": "answering", "most": "15"}),
    "gaps": Shown(
        "gaps", "Gaps and conflicts", {"rule": "no_lead", "kind": "Target", "state": "all"}
    ),
    "console": Shown(
        "console", "Console", {"q": EXAMPLES["Documents and how many facts each states"]}
    ),
    "removing": Shown("bottlenecks", "Bottlenecks", {"without": "uk/post/home-secretary"}),
    "questions": Shown("ask", "Ask", {"find": "fund", "topic": "funds"}),
    "tour": Shown("ask", "Ask", {"q": "funds.conflicting-amounts", "tour": "5"}),
    "saved": Shown("saved", "Saved"),
    "exports": Shown(
        "exports",
        "Exports",
        {"what": "answer", "q": "funds.who-agrees", "fund": RESERVE, "format": "graphml"},
    ),
    "load": Shown("load", "Load", {"from": "sample"}),
    "about": Shown("about", "About"),
}
