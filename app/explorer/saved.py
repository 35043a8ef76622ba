"""The explorer's picture as one HTML page, with every link's evidence; it needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.explorer import page_styles, script, styles
from app.explorer.data import counted, how_sure, message, packed, picture_data
from app.text.escape import clean
from graph.errors import ExportError
from graph.export.contents import Written, acknowledgement, whole_characters
from graph.files import new_file
from graph.read.fact import Facts
from graph.read.project import project
from graph.read.rows import Streams, read_nodes
from graph.read.subgraph import Excerpt
from graph.schema.words import one

if TYPE_CHECKING:
    from app.explorer.data import Drawn
    from graph.export.contents import Exportable
    from graph.read.project import Graph

MOST = 6_000
"""things in a file, as many as Explore shows: the browser that opens it places and draws them all,
which takes it seconds for 5,000"""

_START = """
explorer(document.body, JSON.parse(document.getElementById("data").textContent), {});
"""
_HIDING = ("hide", "without")
"""words of the state that take things out"""
_COLUMNS = ("From", "Link", "Role", "To", "Document", "Locator", "How sure", "Quote")


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store, to `path`. Raises ExportError, also above MOST things."""
    things = read_nodes(source) if isinstance(source, Streams) else iter(source)
    if sum(1 for _ in islice(things, MOST + 1)) > MOST:
        raise ExportError(
            f"a page shows {MOST:,} things at most, and this has more: the browser that opens it "
            "must place and draw every one, and with more it stands still for too long; export a "
            "part (--question, --view), or another format"
        )
    if isinstance(source, Streams):
        graph, title = project(source), "The whole graph"
    else:
        graph, title = source, source.graph.get("title", "")
    documents = graph.graph.get("documents", {})
    thanks = [acknowledgement({"id": id_, **row}) for id_, row in sorted(documents.items())]
    shown = excerpt(graph)
    drawn: Drawn | None = graph.graph.get("drawn")
    data = picture_data(
        shown,
        title=title,
        made=datetime.now(UTC).date(),
        attributions=thanks,
        state=drawn.state if drawn else None,
        groups=drawn.groups if drawn else (),
        positions=drawn.positions if drawn else None,
    )
    text, halves = whole_characters(page(shown, data))
    with new_file(path, overwrite=overwrite) as file:
        file.write(text)
    note = (f"characters that UTF-8 cannot hold, replaced: {halves:,}",) if halves else ()
    return Written(path, len(graph), graph.number_of_edges(), note)


def excerpt(graph: Graph) -> Excerpt:
    """A graph as the explorer takes it, things and links by id."""
    facts = Facts(graph)
    things = tuple(map(facts.thing, sorted(graph)))
    links = tuple(facts.link(*ends) for ends in sorted(graph.edges(keys=True)))
    drawn: Drawn | None = graph.graph.get("drawn")
    if drawn is None:
        return Excerpt(things, links)
    centre = drawn.state.thing if drawn.state.thing in graph else None
    return Excerpt(things, links, centre, drawn.left_out, drawn.rule)


def page(excerpt: Excerpt, data: dict[str, Any]) -> str:
    """The whole text of the page: picture, table of every link with its evidence, sources.

    `data` is what the picture is drawn from (`data.picture_data`), with the places of things where
    they are to stand as on the screen; `excerpt` is what of it is shown.
    """
    about = data["about"]
    title = escape(about["title"])
    # Nothing in the script, ours or the library's, may read as its end in HTML.
    closed = script().replace("</script", "<\\/script").replace("<!--", "<\\!--")
    code = f'"use strict";\n(() => {{\n{closed}\n{_START}}})();'
    look = f"{page_styles()}\n{styles()}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy(code, look)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{look}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="said">{_said(excerpt, data)} <a href="#table">To the table of all links</a></p>
<div class="explorer"></div>
<script type="application/json" id="data">{in_script(sent(only(excerpt, data)))}</script>
<script>{code}</script>
<h2 id="table" tabindex="-1">All links, each with its evidence</h2>
{_table(excerpt)}
<h2>Sources</h2>
{_sources(excerpt, about["sources"])}
</main>
</body>
</html>
"""


def only(excerpt: Excerpt, data: dict[str, Any]) -> dict[str, Any]:
    """The data without what the excerpt leaves out: what was hidden goes into no file."""
    shown = excerpt.by_id
    things = [thing for thing in data["things"] if thing["id"] in shown]
    labels = {thing["label"] for thing in things}
    groups = [
        {**group, "members": [member for member in group["members"] if member in shown]}
        for group in data["groups"]
    ]
    placed = {*shown, *(group["id"] for group in groups)}
    return {
        **data,
        "title": counted(excerpt),
        "state": {name: value for name, value in data["state"].items() if name not in _HIDING},
        "things": things,
        "links": [
            link for link in data["links"] if link["source"] in shown and link["target"] in shown
        ],
        "groups": [group for group in groups if group["members"]],
        "types": [type_ for type_ in data["types"] if type_["label"] in labels],
        "start": {id_: point for id_, point in data["start"].items() if id_ in placed},
    }


def sent(data: dict[str, Any]) -> dict[str, Any]:
    """The data as the page holds it: the whole, as the app sends it to a browser."""
    return message(packed(data), None)


def _said(excerpt: Excerpt, data: dict[str, Any]) -> str:
    about = data["about"]
    origin = f"Made with joinedup on {about['made']}." if about["made"] else "Made with joinedup."
    count = f"{len(excerpt.things):,} things and {len(excerpt.facts):,} links."
    filters = f"{about['filters']}." if about["filters"] else ""
    return " ".join(escape(part) for part in (count, origin, filters, about["left"]) if part)


def in_script(value: Any) -> str:
    """JSON that nothing in can end a script or begin a comment of HTML.

    >>> in_script("</script><!--&")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--\\\\u0026"'
    """
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(code: str, look: str) -> str:
    """Nothing is fetched, and nothing runs but what stands in this page now."""
    container = ".__________cytoscape_container { position: relative; }"  # the library adds it
    rules = {
        "default-src": "'none'",
        "script-src": _hash(code),
        "style-src": f"{_hash(look)} {_hash(container)}",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _table(excerpt: Excerpt) -> str:
    things = excerpt.by_id
    rows = [
        (
            _named(things[fact.from_id]),
            fact.reads,
            fact.role or "",
            _named(things[fact.to_id]),
            fact.title,
            fact.locator,
            how_sure(fact),
            fact.quote or "",
        )
        for fact in excerpt.facts
        if fact.from_id in things and fact.to_id in things
    ]
    head = _row("th", _COLUMNS, ' scope="col"')
    body = "\n".join(_row("td", row) for row in rows)
    table = f"<table>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Links">\n{table}\n</div>'


def _named(thing: Any) -> str:
    return f"{thing.name} ({one(thing.kind)})"


def _row(cell: str, words: Sequence[str], more: str = "") -> str:
    cells = (f"<{cell}{more}>{escape(clean(word, 1_000))}</{cell}>" for word in words)
    return f"<tr>{''.join(cells)}</tr>"


def _sources(excerpt: Excerpt, attributions: Sequence[str]) -> str:
    listed = attributions or sorted({fact.title for fact in excerpt.facts})
    items = "".join(f"<li>{escape(clean(source, 1_000))}</li>" for source in listed)
    return f"<ul>{items}</ul>" if items else "<p>None.</p>"
