"""`joinedup app`: everything from nothing to the app in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands import current, opened, place_options
from app.people import roles, sign_in
from app.settings import Settings
from graph.errors import JoinedUpError

if TYPE_CHECKING:
    from app.people.sign_in import Ready
    from graph.database.store import Store

FIRST_PORT = 8501
EXAMPLE = ("responsibility.joint", {"target": "Action Against Illegal Drugs 1"})
_ANY_SOURCED = "MATCH (n) WHERE n.source IS NOT NULL RETURN 1 AS found LIMIT 1"


@click.command("app")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; 8501 or the next free one.")
@click.option(
    "--without-sign-in",
    is_flag=True,
    envvar="JOINEDUP_WITHOUT_SIGN_IN",
    help="Listen beyond this machine with no sign-in: something else decides who gets in.",
)
@click.option("--no-sample", is_flag=True, help="Leave an empty graph empty.")
@place_options
@click.pass_context
def command(
    ctx: click.Context, host: str, port: int | None, without_sign_in: bool, no_sample: bool
) -> None:
    """Start the database, load the sample into an empty graph, and serve the app."""
    settings = current(ctx)
    with sign_in.ready() as entry:
        roles.check_listening(host, bool(entry.providers), without_sign_in)
        roles.rules()  # refused now rather than at the first sign-in
        _free(host, port)  # refused before the database starts, not a minute later
        with opened(ctx) as (store, progress):
            if not no_sample and not store.read(_ANY_SOURCED):
                from app.commands.load import load_bundles
                from loaders.registry import SAMPLE, bundles

                with bundles(SAMPLE.id) as folders:
                    load_bundles(folders, store, settings, progress)
            _example(store)
            ctx.exit(_serve(settings, host, _free(host, port), entry, without_sign_in))


def _example(store: Store) -> None:
    """Answer one question, to show what there is; a graph without the sample has none to show."""
    from app.text.answer_sheet import answer_sheet
    from app.text.sheet import show
    from graph.errors import QuestionError
    from queries.ask import ask

    question, parameters = EXAMPLE
    try:
        answer = ask(store, question, parameters)
    except QuestionError:
        return
    words = " ".join(f'--{name} "{value}"' for name, value in parameters.items())
    click.echo(f"\n$ joinedup ask {question} {words}")
    show(answer_sheet(answer), "table")


def _free(host: str, port: int | None) -> int:
    """The port to serve on. Raises JoinedUpError when the one asked for is taken."""
    for candidate in [port] if port else range(FIRST_PORT, FIRST_PORT + 100):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, candidate))
            except OSError as error:
                reason = error.strerror
                continue
            return candidate
    wanted = f"port {port}" if port else f"ports {FIRST_PORT} to {FIRST_PORT + 99}"
    raise JoinedUpError(f"{wanted} on {host}: {reason}; choose another with --port")


def _who_enters(host: str, entry: Ready) -> str:
    """Who reaches the app and gets in, as its start message says it."""
    if entry.providers:
        by = roles.rules()
        return f"People sign in; those with '{by.reviewer}' in the claim '{by.claim}' may decide"
    if roles.is_loopback(host):
        return "Only this machine reaches it; there is no sign-in"
    return "There is no sign-in: whoever reaches it reads all, and decides"


def _serve(settings: Settings, host: str, port: int, entry: Ready, without_sign_in: bool) -> int:
    """Run Streamlit until it is stopped; return its exit code."""
    from app import __file__ as package

    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (a comparison)
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    click.echo(f"\nThe app is at {address} (Ctrl+C stops it)")
    click.echo(_who_enters(host, entry))
    environment = {**os.environ, "JOINEDUP_WORKSPACE": str(settings.workspace)}
    if without_sign_in:
        environment["JOINEDUP_WITHOUT_SIGN_IN"] = "yes"
    if settings.remote is not None:
        environment |= {
            "JOINEDUP_DATABASE": settings.remote.address,
            "JOINEDUP_USER": settings.remote.user or "",
            "JOINEDUP_PASSWORD": settings.remote.password or "",
            "JOINEDUP_DATABASE_NAME": settings.remote.database,
        }
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": shown,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        "runner.magicEnabled": "false",  # a text that documents a constant is not for the screen
        "runner.postScriptGC": "false",  # it looks at the whole graph in memory at every click
        "theme.light.primaryColor": "#3358c4",
        "theme.dark.primaryColor": "#8fb0ff",
    }
    if entry.secrets is not None:
        options["secrets.files"] = str(entry.secrets)
    line = [sys.executable, "-m", "streamlit", "run", str(Path(package).parent / "main.py")]
    line += [f"--{name}={value}" for name, value in options.items()]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the app goes with us
    process = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL)
    try:
        return process.wait()
    except KeyboardInterrupt:
        click.echo("\nstopping the app")
        return 0
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
