"""`joinedup search`: things by name."""

from __future__ import annotations

import click

from app.commands.options import Form, current, form_options, place_options
from app.settings import open_store
from app.terminal_progress import TerminalProgress
from app.text.sheet import Sheet, show


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--type", "types", multiple=True, metavar="LABEL", help="Only things of this label.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@form_options
@place_options
@click.pass_context
def command(
    ctx: click.Context, words: tuple[str, ...], types: tuple[str, ...], limit: int, form: Form
) -> None:
    """Find things whose name, alias or id resembles WORDS."""
    from graph.database.search import find
    from graph.schema.types import LABELS

    for label in types:
        if label not in LABELS:
            raise click.BadParameter(f"'{label}' is no label; known: {', '.join(sorted(LABELS))}")
    text = " ".join(words)
    with TerminalProgress() as progress, open_store(current(ctx), progress) as store:
        found = find(store, text, frozenset(types) or None, limit=limit)
    rows = [
        {"name": m.name, "type": m.label, "aliases": list(m.aliases), "id": m.id, "exact": m.exact}
        for m in found
    ]
    more = f"The first {limit}, the nearest first; --limit shows more."
    sheet = Sheet(
        columns=("name", "type", "aliases", "id"),
        rows=rows,
        title=_title(text, sum(m.exact for m in found), len(found)),
        notes=[more] if len(found) == limit else [],
    )
    show(sheet, form)


def _title(text: str, exact: int, found: int) -> str:
    called = f"nothing is called '{text}'"
    if exact:
        called = f"{exact} {'is' if exact == 1 else 'are'} called '{text}'"
    if found == exact:
        return called
    alike = found - exact
    return f"{called}, {alike}{' more' if exact else ''} resemble{'s' if alike == 1 else ''} it"
