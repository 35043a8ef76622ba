"""What each question on funds must answer on a small graph: columns, then evidence."""

from tests.integration.answers.case import Case
from tests.integration.graphs import MONEY, RESPONSIBILITY

CASES = [
    Case(
        MONEY,
        "funds.across-departments",
        {},
        4,
        [
            (
                "Renewal Fund",
                3,
                [
                    "Department of Health (is paid by it)",
                    "Home Office (must agree)",
                    "Treasury (lead)",
                    "Treasury (must agree)",
                ],
                ("1", "2", "3", "4", "7", "Treasury lead Renewal Fund"),
            ),
        ],
    ),
    Case(
        MONEY,
        "funds.who-agrees",
        {"fund": "Renewal Fund"},
        5,
        [
            ("Chief Secretary", "Post", "spending over two years", ("3",)),
            ("Home Secretary", "Post", None, ("4",)),
        ],
    ),
    Case(
        MONEY,
        "funds.conflicting-amounts",
        {},
        4,
        [
            (
                "Renewal Fund",
                "GBP",
                "total",
                800000000.0,
                ["The review"],
                900000000.0,
                ["The plan"],
                ("10", "11"),
            ),
        ],
    ),
    Case(
        MONEY,
        "funds.without-purpose",
        {},
        3,
        [
            ("Idle Fund", "budget", "purpose unknown", ("Idle Fund",)),
        ],
    ),
    Case(
        MONEY,
        "funds.without-amount",
        {},
        4,
        [
            ("Idle Fund", "budget", "purpose unknown", ("Idle Fund",)),
            ("Saving", "saving", None, ("Saving",)),
        ],
    ),
    Case(
        MONEY,
        "funds.controlled-by",
        {"who": "Treasury"},
        4,
        [
            (
                "Renewal Fund",
                "fund",
                "lead",
                None,
                None,
                ["GBP 300000000 per year", "GBP 800000000 total", "GBP 900000000 total"],
                ("Treasury lead Renewal Fund",),
            ),
            (
                "Renewal Fund",
                "fund",
                "must agree",
                "spending over two years",
                "Chief Secretary",
                ["GBP 300000000 per year", "GBP 800000000 total", "GBP 900000000 total"],
                ("1", "3"),
            ),
        ],
    ),
    Case(
        MONEY,
        "funds.amounts",
        {"fund": "Reserve"},
        5,
        [
            (5000000.0, "GBP", "total", "2001-04", "2002-03", "The plan", ("13",)),
            (6000000.0, "GBP", "total", "2002-04", "2003-03", "The plan", ("14",)),
        ],
    ),
    Case(
        MONEY,
        "funds.pays-for",
        {"fund": "Renewal Fund"},
        5,
        [
            ("Testing", "Initiative", ["Home Office (lead)"], ("6", "Home Office lead Testing")),
            ("Department of Health", "Organisation", [], ("7",)),
        ],
    ),
    Case(
        MONEY,
        "funds.unfunded",
        {},
        2,
        [],
    ),
    Case(
        RESPONSIBILITY,
        "funds.unfunded",
        {"kind": "Target"},
        3,
        [
            ("Drugs 1", "Target", None, ("Drugs 1",)),
            ("Drugs 2", "Target", None, ("Drugs 2",)),
            ("Drugs 3", "Target", None, ("Drugs 3",)),
        ],
    ),
]
