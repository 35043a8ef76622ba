"""A briefing as Markdown (CommonMark with tables): one file, its pictures within it.

Text is escaped so that no name becomes markup; pictures stand as data at the end of the file.
"""

from __future__ import annotations

import base64
import re

from app.report.model import Block, Briefing, Bullets, Cite, Line, Paragraph, Strong, TableBlock
from app.report.pictures import png
from app.text.sheet import plain

_SIGNS = re.compile(r"([\\`*_\[\]<>|$#~!&{}])")
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?<=\w)(:)(?=//)|(?<=www)(\.)|(?<=\w)(@)(?=\w)", re.IGNORECASE)


def render(briefing: Briefing) -> bytes:
    """The whole file, in UTF-8."""
    pictures: list[str] = []
    parts = [f"# {text(briefing.title)}", *map(text, briefing.standfirst)]
    for section in briefing.sections:
        parts.append(f"## {text(section.title)}")
        parts += [_block(briefing, block, pictures) for block in section.blocks]
    if briefing.works:
        parts.append("## References")
    for work in briefing.works:
        about = f" {text(f'({work.about})')}" if work.about else ""
        licence = f" {text(f'Licence: {work.licence}')}." if work.licence else ""
        url = f" {text(work.url)}" if work.url else ""
        parts.append(f"**{text(work.title)}**{about}.{licence}{url}")
        parts.append("\n".join(f"- {text(f'[{n}] {where}')}" for n, where in work.places))
    return ("\n\n".join([*parts, *pictures]) + "\n").encode("utf-8", "replace")


def text(words: object) -> str:
    """Words as words: nothing in them is markup, an address or HTML."""
    escaped = _SIGNS.sub(r"\\\1", plain(words).strip())
    # An address would become a link by itself; an entity reads the same and does not.
    linked = _ADDRESS.sub(lambda match: f"&#{ord(match.group())};", escaped)
    return _START.sub(_disarmed, linked)


def _disarmed(match: re.Match[str]) -> str:
    # A number is no list when its full stop is escaped, and a sign none when it is.
    lead, sign = match.groups()
    return f"{lead}{sign}\\" if sign.isdigit() else f"{lead}\\{sign}"


def _line(briefing: Briefing, line: Line) -> str:
    words = []
    for piece in line:
        if isinstance(piece, Strong):
            inner = text(piece.text)
            blank = " " if piece.text.endswith(" ") else ""
            words.append(f"**{inner}**{blank}" if inner else "")
        elif isinstance(piece, Cite):
            words.append(text(marks(briefing, piece)))
        else:
            lead = " " if piece.startswith(" ") else ""
            words.append(lead + text(piece) + (" " if piece.endswith(" ") else ""))
    return "".join(words).strip()


def marks(briefing: Briefing, cite: Cite) -> str:
    """A citation in words: `[1, 4] [7: inferred, confidence 0.8]`."""
    return " ".join(
        f"[{runs(numbers)}{f': {doubt}' if doubt else ''}]"
        for doubt, numbers in briefing.marks(cite).items()
    )


def runs(numbers: list[int]) -> str:
    """Numbers in order, three or more in a row as a range.

    >>> runs([1, 2, 3, 5, 7, 8])
    '1–3, 5, 7, 8'
    """
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in groups
    )


def _block(briefing: Briefing, block: Block, pictures: list[str]) -> str:
    if isinstance(block, Paragraph):
        words = _line(briefing, block.line)
        return f"*{words}*" if block.quiet else words
    if isinstance(block, Bullets):
        return "\n".join(f"- {_line(briefing, line)}" for line in block.lines)
    if isinstance(block, TableBlock):
        rules = [" ---: " if name in block.numbers else " --- " for name in block.columns]
        rows = [f"| {' | '.join(map(text, block.columns))} |", f"|{'|'.join(rules)}|"]
        for row in block.rows:
            rows.append(f"| {' | '.join(_line(briefing, cell) for cell in row)} |")
        return f"**{text(block.caption)}**\n\n" + "\n".join(rows)
    name = f"picture-{len(pictures) + 1}"
    data = base64.b64encode(png(block)).decode("ascii")
    pictures.append(f"[{name}]: data:image/png;base64,{data}")
    return f"![{text(block.alt)}][{name}]\n\n*{text(block.caption)}*"
