"""`joinedup db`: the database's life, and its safe keeping."""

from __future__ import annotations

from pathlib import Path

import click

from app.commands import current, form_options, opened, place_options
from app.settings import open_store
from app.text.sheet import Form, Sheet, show


@click.group("db")
@place_options
def command() -> None:
    """Start, stop, look at, back up and restore the database."""


@command.command("start")
@place_options
@click.pass_context
def start(ctx: click.Context) -> None:
    """Start the local database, or adopt it when it runs already."""
    settings = current(ctx)
    with opened(ctx) as (store, _):
        click.echo(f"{store.verify()} answers at {store.connection.address}")
    if settings.remote is None:
        from graph import server

        idle = server.status(settings.workspace).idle_stop_seconds
        period = f"{idle / 60:g} minutes" if idle >= 60 else f"{idle:g} seconds"
        click.echo(
            f"It stops by itself {period} after its last client has gone; "
            "`joinedup db stop` stops it at once."
        )


@command.command("stop")
@place_options
@click.pass_context
def stop(ctx: click.Context) -> None:
    """Stop the local database at once."""
    settings = current(ctx)
    if settings.remote is not None:
        raise click.UsageError(
            f"the database at {settings.remote.address} is not ours to stop: only the local one is"
        )
    from graph import server

    stopped = server.stop(settings.workspace)
    click.echo("stopped" if stopped else "no local database was running")


@command.command("status")
@form_options
@place_options
@click.pass_context
def status(ctx: click.Context, form: Form) -> None:
    """Say which database is used, whether it answers, and what is in it."""
    settings = current(ctx)
    facts: dict[str, object] = {"database": settings.where, "running": True}
    if settings.remote is None:
        from graph import server

        now = server.status(settings.workspace)
        facts |= {
            "running": now.running,
            "address": now.address,
            "process": now.pid,
            "since": now.since,
            "stops after seconds without clients": now.idle_stop_seconds,
            "home": now.home,
        }
    if facts["running"]:
        with open_store(settings) as store:
            facts["server"] = store.verify()
            facts["things"] = store.read(
                "MATCH (n) WHERE n.source IS NOT NULL RETURN count(*) AS n"
            )[0]["n"]
            facts["links"] = store.read("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
    rows = [{"what": name, "value": value} for name, value in facts.items() if value is not None]
    show(Sheet(columns=("what", "value"), rows=rows, json=facts), form)


@command.command("backup")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE.zip")
@click.option("--overwrite", is_flag=True, help="Replace the file when it exists.")
@place_options
@click.pass_context
def backup(ctx: click.Context, path: Path, overwrite: bool) -> None:
    """Write the whole graph to one file while the database runs."""
    from graph.export.backup import backup as take

    settings = current(ctx)
    with opened(ctx) as (store, progress):
        progress.start(f"writing {path.name}", None, "records")
        written = take(store, path, rejections=settings.rejections, overwrite=overwrite)
        progress.finish()
    click.echo(f"{path}: {written.nodes} things and {written.links} links")


@command.command("restore")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE.zip")
@place_options
@click.pass_context
def restore(ctx: click.Context, path: Path) -> None:
    """Load a backup into an empty database. Cut short, it goes on when it is run again."""
    from graph.export.backup import restore as bring_back

    settings = current(ctx)
    with opened(ctx) as (store, progress):
        report = bring_back(store, path, rejections=settings.rejections, progress=progress)
        click.echo(str(report))
