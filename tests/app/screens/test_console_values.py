"""A query of the console with parameters: their values, and the question that comes of it."""

import json
import shlex

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from app.cli import joinedup
from app.settings import settings
from graph.database.store import Store
from queries.own import EVIDENCE
from tests.app.screens.test_console_page import COUNT, PAGE, run
from tests.app.screens.test_pages import address, opened

pytestmark = [pytest.mark.integration]


def test_a_query_with_a_parameter_is_saved_as_a_question_with_a_form(
    app: AppTest, sample: Store
) -> None:
    query = (
        "MATCH (p:Post)-[r:RESPONSIBLE_FOR {role: $role}]->(t:Target)\n"
        f"RETURN p.name AS post, t.name AS target, {EVIDENCE}\nORDER BY post, target"
    )
    opened(app, PAGE, **{"p.role": "lead", "q": query})
    assert app.text_input(key="console-value-role").value == "lead"
    run(app, query)
    assert address(app) == {"q": query, "p.role": "lead"}
    leads = sample.read(query, {"role": "lead"})
    assert len(app.dataframe[-1].value) == len(leads)
    app.text_input(key="save-id").set_value("mine.by-role")
    app.text_input(key="save-question-text").set_value("Which posts have this role?")
    app.text_area(key="save-of").set_value(COUNT)
    app.text_input(key="save-caveat").set_value("Only what is stated counts.")
    app.selectbox(key="save-param-role-type").set_value("choice")
    app.text_input(key="save-param-role-of").set_value("lead, joint, support")
    app.text_input(key="save-param-role-about").set_value("the role")
    next(button for button in app.button if button.label == "Check and save").click().run()
    assert [e.value for e in app.error] == []
    opened(app, "screens/ask/page.py", q="mine.by-role", role="joint")
    assert app.selectbox(key="mine.by-role-role").options == ["lead", "joint", "support"]
    shown = shlex.split(f"ask mine.by-role --role lead --json --workspace {settings().workspace}")
    done = CliRunner().invoke(joinedup, shown, obj={})
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["rows"]) == len(leads)
