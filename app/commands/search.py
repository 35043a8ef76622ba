"""`joinedup search`: things by name."""

from __future__ import annotations

import click

from app.bars import TerminalProgress
from app.commands.options import Form, current, form_options, place_options
from app.opening import open_store
from app.output import Sheet, show


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
    from graph.schema import LABELS
    from graph.search import find

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
    title = f"{len(rows)} found for '{text}'" if rows else f"nothing is called '{text}'"
    show(Sheet(columns=("name", "type", "aliases", "id"), rows=rows, title=title), form)
