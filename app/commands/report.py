"""`joinedup report`: a briefing on a thing or a topic, as Markdown, a web page or Word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.commands import opened, place_options
from app.report import FORMATS, format_of, write
from app.report.compose import check_topic, compose
from graph.errors import ParameterError
from graph.files import check_destination
from graph.schema.dates import parse_date


@click.command("report")
@click.option("--about", "thing", metavar="THING", help="A thing, by name, alias or id.")
@click.option("--topic", metavar="TOPIC", help="A topic of the questions, such as funds.")
@click.option(
    "--format",
    "name",
    metavar="FORMAT",
    help=f"One of: {', '.join(FORMATS)}. Without it PATH's ending says.",
)
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="PATH")
@click.option("--date", "on", metavar="DATE", help="The date on the briefing (today).")
@click.option("--overwrite", is_flag=True, help="Replace what stands at PATH.")
@place_options
@click.pass_context
def command(
    ctx: click.Context,
    thing: str | None,
    topic: str | None,
    name: str | None,
    path: Path,
    on: str | None,
    overwrite: bool,
) -> None:
    """Write a briefing to PATH: findings, pictures, tables, caveats and numbered references.

    Give --about THING or --topic TOPIC. The same graph and the same date give the same file.
    """
    if (thing is None) == (topic is None):
        raise ParameterError("name what the briefing is about: --about THING or --topic TOPIC")
    form = format_of(name, path)
    if topic is not None:
        check_topic(topic)
    stated = _date(on)
    check_destination(path, overwrite=overwrite)
    with opened(ctx) as (store, progress):
        progress.start(f"writing {path.name}", None, "")
        briefing = compose(store, thing=thing, topic=topic, date=stated)
        write(briefing, form, path, overwrite=overwrite)
        progress.finish()
    works = briefing.works
    references = f"{sum(len(work.places) for work in works)} references"
    documents = f"{len(works)} document{'' if len(works) == 1 else 's'}"
    click.echo(f"{path}: {briefing.title}; {references} to {documents}")


def _date(typed: str | None) -> str:
    if typed is None:
        return date.today().isoformat()
    try:
        parsed = parse_date(typed)
    except ValueError as error:
        raise ParameterError(f"--date: {error}") from None
    if len(parsed) != len("2001-04-30"):
        raise ParameterError(f"--date: '{typed}' is no whole date; write one such as 2001-04-30")
    return parsed
