"""What each question on responsibility must answer on a small graph: columns, then evidence."""

from tests.integration.answers.case import Case
from tests.integration.conflicts import CONFLICTS
from tests.integration.graphs import RESPONSIBILITY

CASES = [
    Case(
        RESPONSIBILITY,
        "responsibility.joint",
        {"target": "drugs 1"},
        8,
        [
            ("Home Secretary", "lead", None, ("Home Secretary lead Drugs 1",)),
            ("Health Secretary", "support", None, ("Health Secretary support Drugs 1",)),
            ("Home Office", "joint", "Drugs", ("4", "Home Office joint Drugs")),
            ("Treasury", "joint", "Drugs", ("4", "Treasury joint Drugs")),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.joint",
        {"target": "uk/psa/drugs"},
        8,
        [
            ("Home Office", "joint", None, ("Home Office joint Drugs",)),
            ("Treasury", "joint", None, ("Treasury joint Drugs",)),
            ("Home Secretary", "lead", "Drugs 1", ("4", "Home Secretary lead Drugs 1")),
            ("Health Secretary", "support", "Drugs 1", ("4", "Health Secretary support Drugs 1")),
            ("Home Secretary", "lead", "Drugs 2", ("5", "Home Secretary lead Drugs 2")),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.answers-for",
        {"who": "home office"},
        7,
        [
            ("lead", "Testing", "Initiative", None, ("Home Office lead Testing",)),
            ("lead", "Drugs 1", "Target", "Home Secretary", ("1", "Home Secretary lead Drugs 1")),
            ("lead", "Drugs 2", "Target", "Home Secretary", ("1", "Home Secretary lead Drugs 2")),
            ("joint", "Campaign", "Initiative", None, ("Home Office joint Campaign",)),
            ("joint", "Drugs", "PSA", None, ("Home Office joint Drugs",)),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.shared-between",
        {"first": "Home Office", "second": "Department of Health"},
        7,
        [
            (
                "Campaign",
                "Initiative",
                ["joint"],
                ["joint"],
                ("2", "Health Secretary joint Campaign", "Home Office joint Campaign"),
            ),
            (
                "Testing",
                "Initiative",
                ["lead"],
                ["lead"],
                ("Department of Health lead Testing", "Home Office lead Testing"),
            ),
            (
                "Drugs 1",
                "Target",
                ["lead"],
                ["support"],
                ("1", "2", "Health Secretary support Drugs 1", "Home Secretary lead Drugs 1"),
            ),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.department-pairs",
        {},
        10,
        [
            (
                "Department of Health",
                "Home Office",
                3,
                2.333,
                ["Campaign", "Drugs 1", "Testing"],
                (
                    "1",
                    "2",
                    "Department of Health lead Testing",
                    "Health Secretary joint Campaign",
                    "Health Secretary support Drugs 1",
                    "Home Office joint Campaign",
                    "Home Office lead Testing",
                    "Home Secretary lead Drugs 1",
                ),
            ),
            (
                "Home Office",
                "Treasury",
                2,
                1.333,
                ["Campaign", "Drugs"],
                (
                    "3",
                    "Chief Secretary consulted Campaign",
                    "Home Office joint Campaign",
                    "Home Office joint Drugs",
                    "Treasury joint Drugs",
                ),
            ),
            (
                "Department of Health",
                "Security Department",
                1,
                0.333,
                ["Campaign"],
                ("2", "Health Secretary joint Campaign", "Security Department support Campaign"),
            ),
            (
                "Department of Health",
                "Treasury",
                1,
                0.333,
                ["Campaign"],
                ("2", "3", "Chief Secretary consulted Campaign", "Health Secretary joint Campaign"),
            ),
            (
                "Home Office",
                "Security Department",
                1,
                0.333,
                ["Campaign"],
                ("Home Office joint Campaign", "Security Department support Campaign"),
            ),
            (
                "Security Department",
                "Treasury",
                1,
                0.333,
                ["Campaign"],
                ("3", "Chief Secretary consulted Campaign", "Security Department support Campaign"),
            ),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.three-or-more",
        {},
        6,
        [
            (
                "Campaign",
                "Initiative",
                4,
                [
                    "Health Secretary (joint)",
                    "Home Office (joint)",
                    "Security Department (support)",
                    "Chief Secretary (consulted)",
                ],
                (
                    "Chief Secretary consulted Campaign",
                    "Health Secretary joint Campaign",
                    "Home Office joint Campaign",
                    "Security Department support Campaign",
                ),
            ),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.lead-without-support",
        {},
        6,
        [
            (
                "Testing",
                "Initiative",
                ["Department of Health", "Home Office"],
                ("Department of Health lead Testing", "Home Office lead Testing"),
            ),
            ("Drugs 2", "Target", ["Home Secretary"], ("Home Secretary lead Drugs 2",)),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.support-without-lead",
        {},
        6,
        [
            ("Reserve", "Fund", ["Treasury (support)"], ("Treasury support Reserve",)),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.two-leads",
        {},
        6,
        [
            (
                "Testing",
                "Initiative",
                ["Department of Health", "Home Office"],
                ("Department of Health lead Testing", "Home Office lead Testing"),
            ),
        ],
    ),
    Case(
        RESPONSIBILITY,
        "responsibility.nobody",
        {"kind": "any"},
        7,
        [
            (
                "Drugs 3",
                "Target",
                ["Home Office", "Treasury"],
                ("6", "Drugs 3", "Home Office joint Drugs", "Treasury joint Drugs"),
            ),
        ],
    ),
    Case(RESPONSIBILITY, "responsibility.nobody", {"kind": "Fund"}, 1, []),
    Case(
        RESPONSIBILITY,
        "responsibility.ended-holders",
        {"on": "2001-07-01"},
        12,
        [
            (
                "Security Department",
                "2001-06",
                "Campaign",
                "Initiative",
                "support",
                ["Works Department"],
                ("7", "Security Department", "Security Department support Campaign"),
            ),
        ],
    ),
    Case(RESPONSIBILITY, "responsibility.ended-holders", {"on": "2001-06-30"}, 12, []),
    Case(
        RESPONSIBILITY,
        "responsibility.joint-without-lead",
        {},
        2,
        [
            (
                "Campaign",
                "Initiative",
                [
                    "Health Secretary (joint)",
                    "Home Office (joint)",
                    "Security Department (support)",
                    "Chief Secretary (consulted)",
                ],
                (
                    "Chief Secretary consulted Campaign",
                    "Health Secretary joint Campaign",
                    "Home Office joint Campaign",
                    "Security Department support Campaign",
                ),
            ),
            (
                "Drugs",
                "PSA",
                ["Home Office (joint)", "Treasury (joint)"],
                ("Home Office joint Drugs", "Treasury joint Drugs"),
            ),
        ],
    ),
    Case(
        CONFLICTS,
        "responsibility.roles-disagree",
        {},
        2,
        [
            (
                "Drugs 1",
                "Target",
                "Home Office",
                ["joint: The plan", "lead: The review"],
                ("Home Office joint Drugs 1", "r1"),
            ),
        ],
    ),
]
