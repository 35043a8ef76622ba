"""A briefing's model as words, each citation with the places it leads to."""

from __future__ import annotations

from app.report.model import Briefing, Bullets, Line, Section, Strong, TableBlock


def section(briefing: Briefing, title: str) -> Section:
    return next(part for part in briefing.sections if part.title == title)


def words(briefing: Briefing, line: Line) -> str:
    parts = []
    for piece in line:
        if isinstance(piece, str):
            parts.append(piece)
        elif isinstance(piece, Strong):
            parts.append(piece.text)
        else:
            marks = [(n, d) for d, numbers in briefing.marks(piece).items() for n in numbers]
            found = [f"{_place(briefing, n)}{d and f' ({d})'}" for n, d in sorted(marks)]
            parts.append(f"[{'; '.join(found)}]")
    return "".join(parts)


def _place(briefing: Briefing, number: int) -> str:
    return next(where for work in briefing.works for n, where in work.places if n == number)


def bullets(briefing: Briefing, title: str) -> list[str]:
    return [
        words(briefing, line)
        for block in section(briefing, title).blocks
        if isinstance(block, Bullets)
        for line in block.lines
    ]


def rows(briefing: Briefing, title: str) -> list[dict[str, str]]:
    return [
        {c: words(briefing, cell) for c, cell in zip(block.columns, row, strict=True)}
        for block in section(briefing, title).blocks
        if isinstance(block, TableBlock)
        for row in block.rows
    ]
