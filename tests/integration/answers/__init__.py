"""Exact answers of every question on small named graphs."""

from tests.integration.answers import (
    conclusions,
    evidence,
    funds,
    plans,
    responsibility,
    structure,
)
from tests.integration.answers.case import Case

CASES: list[Case] = [
    *responsibility.CASES,
    *conclusions.CASES,
    *funds.CASES,
    *structure.CASES,
    *plans.CASES,
    *evidence.CASES,
]
