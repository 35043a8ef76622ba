"""The explorer without a browser: its data, the address behind it, and the saved page."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from app import explorer
from app.explorer import build
from app.explorer.component import Asked, asked
from app.explorer.data import by_type, file_name, picture_data
from app.explorer.saved import in_script, page, sent
from app.explorer.state import ViewState, visible
from graph.read.fact import Thing
from graph.read.subgraph import Excerpt
from graph.schema.types import NODE_TYPES
from tests.app.excerpts import CHANCELLOR, DRUGS, HOME, PSA, SMALL, fact
from tests.app.text.test_escape import HOSTILE
from tests.project_files import ROOT

DAY = date(2024, 5, 6)
STATED = {
    "title": "Report",
    "locator": "3.1.5",
    "sure": "stated · confidence 1 · accepted by a reviewer",
    "role": "lead",
    "says": "",
    "quote": "",
    "passage": "",
}
HOME_OFFICE = "uk/post/home-secretary"


def test_facts_of_one_type_between_two_things_are_one_line_that_knows_them_all() -> None:
    data = picture_data(SMALL)
    lines = [
        {key: link[key] for key in ("id", "role", "inferred", "words")} for link in data["links"]
    ]
    assert lines == [
        {
            "id": f"{HOME.id} RESPONSIBLE_FOR {DRUGS.id}",
            "role": "lead",
            "inferred": False,
            "words": "lead",
        },
        {
            "id": f"{CHANCELLOR.id} RESPONSIBLE_FOR {DRUGS.id}",
            "role": "support",
            "inferred": True,
            "words": "support",
        },
        {
            "id": f"{DRUGS.id} TARGET_OF {PSA.id}",
            "role": "",
            "inferred": False,
            "words": "is a target of",
        },
    ]
    assert data["links"][0]["facts"] == [
        STATED,
        {**STATED, "locator": "4.2", "sure": "inferred · confidence 1 · accepted by a reviewer"},
    ]
    assert data["links"][0]["said"] == "Home Secretary is responsible for Drugs 1 (lead)"


def test_a_line_has_the_look_of_its_strongest_role() -> None:
    both = (fact(HOME, DRUGS, role="support"), fact(HOME, DRUGS, role="joint"))
    (line,) = picture_data(Excerpt((DRUGS, HOME), both))["links"]
    assert (line["role"], line["words"]) == ("joint", "joint, support")
    assert len(line["facts"]) == 2


def test_things_and_types_are_those_of_the_excerpt() -> None:
    data = picture_data(SMALL, state=ViewState(SMALL.centre, expanded=(HOME.id,)))
    assert [(t["id"], t["kind"], t["centre"], t["expanded"]) for t in data["things"]] == [
        (DRUGS.id, "target", True, True),
        (HOME.id, "minister", False, True),
        (CHANCELLOR.id, "minister", False, False),
        (PSA.id, "agreement", False, False),
    ]
    assert [t["label"] for t in data["types"]] == ["Post", "PSA", "Target"]
    assert data["title"] == "4 things and 4 links around Drugs 1"
    assert data["key"] == DRUGS.id
    assert json.loads(json.dumps(data)) == data


def test_a_link_to_what_is_not_shown_is_not_drawn() -> None:
    assert picture_data(Excerpt((HOME,), (fact(HOME, DRUGS),)))["links"] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_short_word_in_the_data(name: str) -> None:
    thing = Thing("uk/fund/x", "Fund", (), name)
    data = picture_data(Excerpt((thing, HOME), (fact(HOME, thing, quote=name),), centre=thing.id))
    shown = data["things"][0]
    assert len(shown["short"]) <= 60
    assert len(shown["name"]) <= 300
    assert shown["name"]
    assert not set(data["title"]) & set("\n\r\t\u202e")


def test_every_shape_of_the_vocabulary_has_an_outline_of_its_own() -> None:
    look = (explorer.HERE / "front" / "look.js").read_text("utf-8")
    known = set(re.findall(r"^  (\w+): \[|(\w+): \"(?:ellipse|barrel)\"", look, re.MULTILINE))
    names = {name for pair in known for name in pair if name} | {"box"}
    sized = re.search(r"const SIZES = \{(.*?)\n\};", look, re.DOTALL)
    assert sized is not None
    drawn = {cls.SHAPE for label, cls in NODE_TYPES.items() if label != "Passage"}
    assert drawn <= names
    assert drawn <= set(re.findall(r"(\w+): \[", sized.group(1)))


@pytest.mark.parametrize("value", ["</script>", "<!--", "]]>", "&lt;", "\u2028", HOSTILE])
def test_nothing_in_json_ends_its_script(value: Any) -> None:
    text = in_script(value)
    assert set(text) & set("<>&\u2028\u2029") == set()
    assert json.loads(text) == value


def whole_page(excerpt: Excerpt, attributions: list[str] | None = None) -> str:
    return page(excerpt, picture_data(excerpt, made=DAY, attributions=attributions or []))


class Parts(HTMLParser):
    """The elements of a page, and the text of each script, style and cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        self.text.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.text[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_saved_page_holds_hostile_names_as_text_only(name: str) -> None:
    thing = Thing("uk/fund/x", "Fund", (), name)
    told = (fact(HOME, thing, title=name, locator=name, quote=name),)
    excerpt = Excerpt((thing, HOME), told, centre=thing.id)
    found = Parts(whole_page(excerpt, [name]))
    plain = Parts(whole_page(SMALL, ["a"]))
    assert {tag for tag, _ in found.tags} == {tag for tag, _ in plain.tags}
    assert [tag for tag, _ in found.tags].count("script") == 2
    assert not any(key.startswith("on") for _, given in found.tags for key in given)
    data, _code = found.text["script"]
    assert json.loads(data) == sent(picture_data(excerpt, made=DAY, attributions=[name]))


def test_the_policy_of_a_saved_page_allows_its_own_script_and_nothing_else() -> None:
    found = Parts(whole_page(SMALL))
    policy = next(given["content"] for tag, given in found.tags if "http-equiv" in given)
    assert policy is not None
    rules = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    code = found.text["script"][1]
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [f"'sha256-{digest}'"]
    assert "unsafe" not in policy
    assert "http" not in policy
    addressed = [given for _, given in found.tags if given.keys() & {"src", "href", "srcset"}]
    assert addressed == [{"href": "#table"}]


def test_a_saved_page_says_what_it_is_and_has_the_table() -> None:
    text = whole_page(replace(SMALL, left_out=7), ["Report. Crown copyright."])
    found = Parts(text)
    assert found.text["title"] == ["Around Drugs 1"]
    assert "Made with joinedup on 2024-05-06." in text
    assert "7 more things are left out." in text
    assert "Report. Crown copyright." in found.text["li"]
    cells = found.text["td"]
    rows = [cells[place : place + 8] for place in range(0, len(cells), 8)]
    assert rows[0] == [
        "Home Secretary (minister)",
        "is responsible for",
        "lead",
        "Drugs 1 (target)",
        "Report",
        "3.1.5",
        "stated · confidence 1 · accepted by a reviewer",
        "",
    ]
    assert len(rows) == len(SMALL.facts)


def test_a_file_is_named_after_the_centre() -> None:
    assert file_name(SMALL) == "around-uk-target-drugs-1"
    assert file_name(Excerpt((HOME,), ())) == "picture"


def test_the_library_is_what_its_licences_say_and_names_no_host() -> None:
    code = (ROOT / "app" / "explorer" / "vendor" / "cytoscape.js").read_text("utf-8")
    texts = (ROOT / "app" / "explorer" / "vendor" / "LICENSES.txt").read_text("utf-8")
    for package, version in build.PACKAGES.items():
        assert f"{package} {version}" in code.splitlines()[0]
        assert f"{package} {version}\n" in texts
    assert texts.count("Permission is hereby granted") == len(build.PACKAGES)
    assert re.findall(r"https?://[\w.-]+", code) == []
    assert re.search(r"/(?:tmp|home|root)/|node_modules|sourceMappingURL", code) is None


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, Asked()),
        ({"state": {"by": "type", "more": 1, 2: "x"}}, Asked(state={"by": "type"})),
        ({"state": "by=type", "explore": ["x"], "search": ["a"]}, Asked()),
        ({"search": ["a", "b"], "explore": "c"}, Asked(search=("a", "b"), explore="c")),
        (
            {"positions": {"a": [1, 2.5], "b": [1], "c": ["x", 1], "d": [1e9, 0]}},
            Asked(positions={"a": (1.0, 2.5)}),
        ),
        ({"positions": [1, 2]}, Asked()),
    ],
)
def test_what_a_browser_says_is_believed_as_far_as_it_has_its_shape(
    said: dict[str, Any], wanted: Asked
) -> None:
    assert asked(said) == wanted


def test_what_was_hidden_is_in_no_saved_page() -> None:
    state = ViewState(thing=DRUGS.id, hidden=(HOME.id,), without=("PSA",), pinned=(CHANCELLOR.id,))
    places = {each.id: (1.0, 2.0) for each in SMALL.things}
    data = picture_data(SMALL, state=state, groups=by_type(SMALL), positions=places)
    text = page(visible(SMALL, state), data)
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    kept = json.loads(found[1])
    assert {thing["id"] for thing in kept["things"]} == {DRUGS.id, CHANCELLOR.id}
    assert [(link["source"], link["target"]) for link in kept["links"]] == [
        (CHANCELLOR.id, DRUGS.id)
    ]
    assert kept["state"] == {"id": DRUGS.id, "pin": CHANCELLOR.id}
    assert [group["members"] for group in kept["groups"]] == [[CHANCELLOR.id]]
    assert set(kept["start"]) == {DRUGS.id, CHANCELLOR.id}
    assert kept["title"] == "2 things and 1 links around Drugs 1"
    assert HOME.name not in text
