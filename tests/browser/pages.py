"""Every page of the app with something on it, by the name of its screenshot."""

from dataclasses import dataclass, field

from app.screen.console import EXAMPLES

TARGET = "uk/target/action-against-illegal-drugs/1"
WIRING_IT_UP = "uk/document/wiring-it-up"


@dataclass(frozen=True)
class Shown:
    """A page: its path, its heading, and the address's own words about what it shows."""

    path: str
    heading: str
    given: dict[str, str] = field(default_factory=dict)


PAGES = {
    "home": Shown("", "Who is responsible for what, and which paragraph says so"),
    "home-search": Shown(
        "", "Who is responsible for what, and which paragraph says so", {"find": "home secr"}
    ),
    "ask": Shown("ask", "Ask", {"q": "responsibility.joint", "target": TARGET}),
    "explore": Shown("explore", "Explore", {"id": TARGET, "steps": "2"}),
    "thing": Shown("thing", "Look up", {"id": "uk/post/home-secretary"}),
    "documents": Shown("documents", "Documents"),
    "document": Shown("documents", "Documents", {"id": WIRING_IT_UP}),
    "bottlenecks": Shown("bottlenecks", "Bottlenecks", {"analysis": "cuts"}),
    "matrix": Shown("matrix", "Matrix"),
    "gaps": Shown("gaps", "Gaps and conflicts", {"rule": "no_lead"}),
    "console": Shown(
        "console", "Console", {"q": EXAMPLES["Documents and how many facts each states"]}
    ),
    "about": Shown("about", "About"),
}
