"""What each question on structure must answer on a small graph: columns, then evidence."""

from tests.integration.answers.case import Case
from tests.integration.graphs import STRUCTURE

CASES = [
    Case(
        STRUCTURE,
        "structure.members",
        {"group": "Board"},
        14,
        [
            ("Home Secretary", "Post", "chair", ("9",)),
            ("Department of Health", "Organisation", "member", ("10",)),
            ("Ann", "Person", "observer", ("11",)),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.most-seats",
        {},
        3,
        [
            ("Home Secretary", "Post", 2, ["Board (chair)", "Forum"], ("12", "9")),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.memberships",
        {"who": "Ann"},
        9,
        [
            ("Board", "chair", "Home Secretary", ("7", "9")),
            ("Board", "observer", None, ("11",)),
            ("Forum", "member", "Home Secretary", ("12", "7")),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.reporting-line",
        {"unit": "Drugs Team"},
        2,
        [
            (
                "Health Secretary",
                2,
                ["Drugs Team", "Drugs Unit", "Health Secretary"],
                ["is part of", "reports to"],
                ("4", "6"),
            ),
            (
                "Home Secretary",
                3,
                ["Drugs Team", "Drugs Unit", "Home Office", "Home Secretary"],
                ["is part of", "is part of", "has the post"],
                ("1", "3", "4"),
            ),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.path",
        {"first": "Drugs Team", "second": "Drugs 1"},
        15,
        [
            (
                3,
                ["Drugs Team", "Drugs Unit", "Health Secretary", "Drugs 1"],
                ["→ PART_OF", "→ REPORTS_TO", "→ RESPONSIBLE_FOR"],
                ("4", "6", "Health Secretary lead Drugs 1"),
            ),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.became",
        {"body": "Works Department"},
        9,
        [
            (
                "became",
                "Home Office",
                1,
                "2005",
                "merger",
                ["Works Department", "Home Office"],
                ("15",),
            ),
            (
                "was before",
                "Security Department",
                1,
                "2001-06",
                "rename",
                ["Works Department", "Security Department"],
                ("14",),
            ),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.parts",
        {"body": "Home Office"},
        9,
        [
            ("Drugs Unit", 1, ["Home Office", "Drugs Unit"], 1, ("3",)),
            ("Drugs Team", 2, ["Home Office", "Drugs Unit", "Drugs Team"], 0, ("3", "4")),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.holders",
        {"post": "Home Secretary"},
        2,
        [
            ("Bob", None, "2001-06", True, "1999", ("8",)),
            ("Ann", "2001-06-08", None, None, "2001", ("7",)),
        ],
    ),
    Case(
        STRUCTURE,
        "structure.works-with",
        {"body": "Home Office"},
        9,
        [
            ("Department of Health", ["prevention", "testing"], ("17", "18")),
        ],
    ),
    Case(STRUCTURE, "structure.path", {"first": "Ann", "second": "uk/person/ann"}, 15, []),
    Case(
        STRUCTURE,
        "structure.reporting-line",
        {"unit": "Home Office"},
        2,
        [("Home Secretary", 1, ["Home Office", "Home Secretary"], ["has the post"], ("1",))],
    ),
    Case(
        STRUCTURE,
        "structure.reporting-line",
        {"unit": "Head of Drugs"},
        2,
        [
            (
                "Health Secretary",
                2,
                ["Head of Drugs", "Drugs Unit", "Health Secretary"],
                ["is a post in", "reports to"],
                ("2", "6"),
            ),
            (
                "Home Secretary",
                3,
                ["Head of Drugs", "Drugs Unit", "Home Office", "Home Secretary"],
                ["is a post in", "is part of", "has the post"],
                ("1", "2", "3"),
            ),
        ],
    ),
]
