"""The numbers beside the bars of a ranking."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def page(numbers: list[float]) -> None:
    from app.screens.parts.chart import bars

    bars(["One", "Other"], [{"items": number} for number in numbers], ["items"])


@pytest.mark.parametrize(("numbers", "form"), [([200, 26], ",d"), ([0.25, 0.004], ",f")])
def test_numbers_on_the_axis_have_no_exponents(numbers: list[float], form: str) -> None:
    shown = AppTest.from_function(page, args=(numbers,), default_timeout=60).run()
    assert not shown.exception
    drawn: Any = shown.get("vega_lite_chart")[0]
    spec = json.loads(drawn.proto.spec)
    assert spec["encoding"]["x"]["axis"]["format"] == form
