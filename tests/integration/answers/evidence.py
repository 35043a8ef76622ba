"""What each question on evidence must answer on a small graph: columns, then evidence."""

from tests.integration.answers.case import Case
from tests.integration.conflicts import CONFLICTS
from tests.integration.graphs import EVIDENCE

CASES = [
    Case(
        EVIDENCE,
        "evidence.why-linked",
        {"first": "Drugs 1", "second": "Secretary of the Home"},
        2,
        [
            (
                "Home Secretary",
                "RESPONSIBLE_FOR",
                "Drugs 1",
                ["role: lead", "start: 2000-07"],
                "2001",
                "accepted",
                "lead-of",
                "the Home Secretary leads",
                ("p1",),
            ),
            (
                "Home Secretary",
                "RESPONSIBLE_FOR",
                "Drugs 1",
                ["role: lead"],
                None,
                "unreviewed",
                None,
                None,
                ("r2",),
            ),
        ],
    ),
    Case(
        EVIDENCE,
        "evidence.from-document",
        {"document": "The review"},
        8,
        [
            ("Document", "The review", "cover", "stated", 1.0, "accepted", ("cover",)),
            (
                "POST_IN",
                "Home Secretary POST_IN Home Office",
                "r1",
                "inferred",
                0.5,
                "unreviewed",
                ("r1",),
            ),
            (
                "RESPONSIBLE_FOR",
                "Home Secretary RESPONSIBLE_FOR Drugs 1",
                "r2",
                "stated",
                1.0,
                "unreviewed",
                ("r2",),
            ),
        ],
    ),
    Case(
        EVIDENCE,
        "evidence.inferred",
        {},
        8,
        [
            (
                "Home Secretary POST_IN Home Office",
                "POST_IN",
                0.5,
                "unreviewed",
                "The review",
                "r1",
                ("r1",),
            ),
        ],
    ),
    Case(
        EVIDENCE,
        "evidence.unreviewed",
        {},
        8,
        [
            (
                "Home Secretary POST_IN Home Office",
                "POST_IN",
                "inferred",
                0.5,
                "The review",
                "r1",
                ("r1",),
            ),
            (
                "Home Secretary RESPONSIBLE_FOR Drugs 1",
                "RESPONSIBLE_FOR",
                "stated",
                1.0,
                "The review",
                "r2",
                ("r2",),
            ),
        ],
    ),
    Case(
        EVIDENCE,
        "evidence.counts",
        {},
        6,
        [
            ("Document", "thing", 2, 0, 0, 1.0, ("1 of this type", "1 of this type")),
            ("Organisation", "thing", 1, 0, 0, 1.0, ("1 of this type",)),
            ("Post", "thing", 1, 0, 0, 1.0, ("1 of this type",)),
            ("Target", "thing", 1, 0, 0, 1.0, ("1 of this type",)),
            ("POST_IN", "link", 1, 1, 1, 0.5, ("1 of this type",)),
            ("RESPONSIBLE_FOR", "link", 2, 0, 1, 1.0, ("1 of this type", "1 of this type")),
        ],
    ),
    Case(
        EVIDENCE,
        "evidence.documents",
        {},
        2,
        [
            ("The plan", "Cabinet Office", "2001-03", 4, 1, 0, 0, ("plan",)),
            ("The review", None, "2002", 1, 2, 1, 2, ("cover",)),
        ],
    ),
    Case(
        CONFLICTS,
        "evidence.dates-disagree",
        {},
        6,
        [
            (
                "Maps",
                "Milestone",
                None,
                "due_end",
                ["2009-03: The plan", "2009-06: The review"],
                ('a "row" \\ of maps', "r5"),
            ),
            (
                "Ann",
                "Person",
                "HOLDS Home Secretary",
                "start",
                ["2001-06-08: The plan", "2001-07: The review"],
                ("3", "r7"),
            ),
        ],
    ),
]
