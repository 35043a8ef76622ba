"""A briefing as one HTML file that needs nothing else: no script, no address, prints well."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from app.report.model import (
    Block,
    Briefing,
    Bullets,
    Cite,
    Line,
    Paragraph,
    Picture,
    Reference,
    Strong,
    TableBlock,
)
from app.report.pictures import svg
from app.text.sheet import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
STYLE = Path(__file__).with_name("page.css")


def render(briefing: Briefing) -> bytes:
    """The whole file, in UTF-8."""
    body = [f"<h1>{text(briefing.title)}</h1>"]
    body += [f'<p class="standfirst">{text(line)}</p>' for line in briefing.standfirst]
    for section in briefing.sections:
        body.append(f"<section>\n<h2>{text(section.title)}</h2>")
        body += [_block(briefing, block) for block in section.blocks]
        body.append("</section>")
    if briefing.works:
        body.append('<section class="references">\n<h2>References</h2>')
        body += [_work(work) for work in briefing.works]
        body.append("</section>")
    inner = "\n".join(body)
    style = STYLE.read_text("utf-8")
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{text(briefing.title)}: briefing</title>
<style>
{style}</style>
</head>
<body>
<main>
{inner}
</main>
</body>
</html>
""".encode("utf-8", "replace")


def text(words: object) -> str:
    """Words as words of HTML, in one line."""
    return escape(plain(words), quote=True)


def _line(briefing: Briefing, line: Line) -> str:
    words = []
    for piece in line:
        if isinstance(piece, Strong):
            words.append(f"<strong>{text(piece.text)}</strong>")
        elif isinstance(piece, Cite):
            words.append(_cite(briefing, piece))
        else:
            words.append(text(piece))
    return "".join(words).strip()


def _cite(briefing: Briefing, cite: Cite) -> str:
    by_doubt: dict[str, list[int]] = {}
    for number, doubt in briefing.marks(cite):
        by_doubt.setdefault(doubt, []).append(number)
    links = [
        f"[{_links(numbers)}{f': {text(doubt)}' if doubt else ''}]"
        for doubt, numbers in by_doubt.items()
    ]
    return f'<span class="cite">{" ".join(links)}</span>'


def _links(numbers: Iterable[int]) -> str:
    return ", ".join(f'<a href="#reference-{n}">{n}</a>' for n in numbers)


def _block(briefing: Briefing, block: Block) -> str:
    if isinstance(block, Paragraph):
        kind = ' class="quiet"' if block.quiet else ""
        return f"<p{kind}>{_line(briefing, block.line)}</p>"
    if isinstance(block, Bullets):
        items = "\n".join(f"<li>{_line(briefing, line)}</li>" for line in block.lines)
        return f"<ul>\n{items}\n</ul>"
    if isinstance(block, TableBlock):
        return _table(briefing, block)
    return _picture(block)


def _table(briefing: Briefing, table: TableBlock) -> str:
    kinds = [' class="number"' if name in table.numbers else "" for name in table.columns]
    heads = "".join(
        f'<th scope="col"{kind}>{text(name)}</th>'
        for name, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td{kind}>{_line(briefing, cell)}</td>" for cell, kind in zip(row, kinds, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{text(table.caption)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _picture(picture: Picture) -> str:
    # As an image it can neither run a script nor fetch anything, whatever a name holds.
    data = base64.b64encode(svg(picture).encode("utf-8")).decode("ascii")
    return (
        f'<figure>\n<img src="data:image/svg+xml;base64,{data}" alt="{text(picture.alt)}">\n'
        f"<figcaption>{text(picture.caption)}</figcaption>\n</figure>"
    )


def _work(work: Reference) -> str:
    about = f" ({text(work.about)})" if work.about else ""
    licence = f" Licence: {text(work.licence)}." if work.licence else ""
    url = f' <span class="address">{text(work.url)}</span>' if work.url else ""
    places = "\n".join(
        f'<li id="reference-{n}"><span class="mark">[{n}]</span> {text(where)}</li>'
        for n, where in work.places
    )
    return (
        f"<p><strong>{text(work.title)}</strong>{about}.{licence}{url}</p>\n<ul>\n{places}\n</ul>"
    )
