"""A briefing as one HTML file that needs nothing else: no script, no address, prints well."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from app.report.model import Block, Briefing, Bullets, Cite, Line, Paragraph, Strong, TableBlock
from app.report.pictures import svg
from app.text.sheet import plain

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
    for work in briefing.works:
        about = f" ({text(work.about)})" if work.about else ""
        licence = f" Licence: {text(work.licence)}." if work.licence else ""
        url = f' <span class="address">{text(work.url)}</span>' if work.url else ""
        body.append(f"<p><strong>{text(work.title)}</strong>{about}.{licence}{url}</p>\n<ul>")
        body += [
            f'<li id="reference-{n}"><span class="mark">[{n}]</span> {text(where)}</li>'
            for n, where in work.places
        ]
        body.append("</ul>")
    if briefing.works:
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
            groups = []
            for doubt, numbers in briefing.marks(piece).items():
                links = ", ".join(f'<a href="#reference-{n}">{n}</a>' for n in numbers)
                groups.append(f"[{links}{f': {text(doubt)}' if doubt else ''}]")
            words.append(f'<span class="cite">{" ".join(groups)}</span>')
        else:
            words.append(text(piece))
    return "".join(words).strip()


def _block(briefing: Briefing, block: Block) -> str:
    if isinstance(block, Paragraph):
        kind = ' class="quiet"' if block.quiet else ""
        return f"<p{kind}>{_line(briefing, block.line)}</p>"
    if isinstance(block, Bullets):
        items = "\n".join(f"<li>{_line(briefing, line)}</li>" for line in block.lines)
        return f"<ul>\n{items}\n</ul>"
    if isinstance(block, TableBlock):
        kinds = [' class="number"' if name in block.numbers else "" for name in block.columns]
        heads = "".join(
            f'<th scope="col"{kind}>{text(name)}</th>'
            for kind, name in zip(kinds, block.columns, strict=True)
        )
        rows = []
        for row in block.rows:
            cells = zip(kinds, row, strict=True)
            inner = "".join(f"<td{kind}>{_line(briefing, cell)}</td>" for kind, cell in cells)
            rows.append(f"<tr>{inner}</tr>\n")
        return (
            f"<table>\n<caption>{text(block.caption)}</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>"
        )
    # As an image it can neither run a script nor fetch anything, whatever a name holds.
    data = base64.b64encode(svg(block).encode("utf-8")).decode("ascii")
    return (
        f'<figure>\n<img src="data:image/svg+xml;base64,{data}" alt="{text(block.alt)}">\n'
        f"<figcaption>{text(block.caption)}</figcaption>\n</figure>"
    )
