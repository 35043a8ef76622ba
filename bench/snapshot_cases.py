"""The cases of a snapshot beside the parameters of questions: options, things, views, mistakes."""

from __future__ import annotations

DAY = "2011-11-30"
"""what is late is looked for from this day, for today moves on"""
BROKEN = "uk/org/nobody-has-this,uk/org/nor-this\n"
OPTIONS: dict[str, tuple[str, ...]] = {
    "level": ("department",),
    "show": ("all",),
    "over": ("all",),
    "size": ("coarse", "fine"),
    "rank_by": ("answers", "brokerage", "items_cut_off", "funds_to_stop"),
    "role": ("answering",),
    "roles": ("lead,joint,support,consulted", "support"),
    "at_least": ("1",),
    "likeness": ("70",),
    "leave_out": ("Government",),
    "pivots": ("40",),
    "along": ("HOLDS,POST_IN",),
    "thing": ("uk/post/home-secretary", "uk/org/cabinet-office"),
    "rules": ("no_owner,two_leads",),
    "uncertainty": ("0.1 --resamples 30", "0.2 --resamples 20 --seed 7"),
    "versus": ("uk/org/cabinet-office --resamples 20 --uncertainty 0.1",),
}
"""Option of an analysis → values to try beside its default."""

WHOLLY = ("responsibility.joint", "funds.amounts", "structure.path", "evidence.inferred")
"""questions whose answers are exported in many formats"""

ODD_ASKINGS = (
    ["responsibility.joint", "--target", "ACTION against illegal drugs 1", "--show-cypher"],
    ["RESPONSIBILITY.nobody", "--limit", "3"],
    ["responsibility.joint"],
    ["responsibility.joint", "--targte", "x"],
    ["responsibility.joint", "--target", "Zzyzx"],
    ["responsibility.answers-for", "--who", "Cabinet Office"],
    ["conclusions.due-before", "--before", "spring"],
    ["no.such-question"],
)
SEARCHES = (
    ["home", "secretary", "--type", "Post"],
    ["secretery"],
    ["invest", "to", "save", "--limit", "5"],
    ["cabinet"],
    ["zzyzx"],
    ["uk/target/action-against-illegal-drugs/1"],
)
THINGS = (
    "uk/target/action-against-illegal-drugs/1",
    "uk/post/home-secretary",
    "uk/org/cabinet-office",
    "uk/fund/invest-to-save-budget",
)
TOPICS = ("responsibility", "conclusions", "funds", "structure", "plans", "evidence")
DRUGS, HOME = THINGS[:2]
VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("explore", {}),
    **{f"around-{n}": ("explore", {"id": one}) for n, one in enumerate(THINGS, 1)},
    "two-steps": ("explore", {"id": DRUGS, "steps": "2", "most": "40"}),
    "by-type": ("explore", {"id": HOME, "by": "type"}),
    "by-department": ("explore", {"most": "60", "by": "department"}),
    "by-cluster": ("explore", {"most": "100", "by": "cluster"}),
    "paths": ("explore", {"id": DRUGS, "more": HOME, "path": f"{DRUGS},{HOME}", "rests": HOME}),
    "filtered": ("explore", {"id": HOME, "role": "lead", "sure": "0.9", "without": "Place"}),
    "answer": ("ask", {"q": "responsibility.joint", "target": DRUGS}),
    "thing": ("thing", {"id": HOME}),
    "document": ("documents", {"id": "uk/document/working-together-2009", "type": "FUNDS"}),
    "no-part": ("matrix", {}),
}
COMMANDS = (
    *("load", "search", "analyse", "report", "export", "check", "db", "app", "completion", "ask"),
    *("db-start", "db-stop", "db-status", "db-backup", "db-restore"),
)
FORMS = ("json", "table", "csv", "markdown")
DRAWN = ("node-link", "dot", "html", "mermaid")
