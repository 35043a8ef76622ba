"""`joinedup`: the command line. Commands live in `app.commands` and are imported when called."""

from __future__ import annotations

import difflib
import importlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from graph.errors import JoinedUpError

COMMANDS = {
    "load": "Load a fact bundle, or the sample, into the graph.",
    "ask": "Ask a canned question; without one, list them all.",
    "search": "Find things by name, alias or id.",
    "analyse": "Find bottlenecks, joint responsibility and gaps.",
    "report": "Write a briefing on a thing or a topic, with its references.",
    "export": "Write the graph, or a part of it, for Gephi, Excel, Neo4j and others.",
    "check": "Show gaps and conflicts of the graph, or the problems of a bundle.",
    "db": "Start, stop, look at, back up and restore the database.",
    "app": "Open the app in a browser, with the sample when the graph is empty.",
    "completion": "Print the completion script for your shell.",
}
MODULES = {"search": "ask", "app": "serve"}
"""modules of the commands that share one, or whose own name would shadow the package `app`"""
INTERNAL_FAULT = 70
INTERRUPTED = 130


class _ReaderGone(Exception):
    """The reader of a pipe (head, less) has seen enough: nothing is wrong.

    Click and rich would each leave with code 1.
    """


@contextmanager
def _while_read() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _ReaderGone from error
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # rich's way out
            raise _ReaderGone from ended
        raise


class Commands(click.Group):
    """The commands by name; only the one that is called is imported."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """As click does; `--help` and `--version` print here."""
        with _while_read():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does."""
        with _while_read():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a first session."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "completion":
            return completion
        module = importlib.import_module(f"app.commands.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, "search" if cmd_name == "search" else "command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, naming the nearest command when there is none of this name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line each, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="joinedup", message="joinedup %(version)s")
@click.option("--workspace", metavar="DIR", help="Folder of the local database (.joinedup).")
@click.option("--database", metavar="URL", help="A Neo4j to use in place of the local one.")
@click.pass_context
def joinedup(ctx: click.Context, workspace: str | None, database: str | None) -> None:
    """Who in government is jointly responsible, since when, and on what evidence?

    Start with: joinedup app
    """
    ctx.obj = {"workspace": workspace, "database": database}


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    For bash: joinedup completion bash > ~/.joinedup-complete && echo '. ~/.joinedup-complete'
    >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None  # click knows the shells of the choice
    click.echo(script(ctx.find_root().command, {}, "joinedup", "_JOINEDUP_COMPLETE").source())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done; 1 refused or found wanting; 2 wrong use or unknown name; 3 a bundle has problems;
    4 the database; 5 a query that does more than read; 70 a fault of ours; 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without macrons or emoji shows a question mark for them.
            stream.reconfigure(errors="replace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code. No stack trace reaches the reader."""
    try:
        result = joinedup.main(arguments, prog_name="joinedup", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except _ReaderGone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except JoinedUpError as error:
        click.echo(f"joinedup: {error}", err=True)
        return error.exit_code
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> int:
    if os.environ.get("JOINEDUP_DEBUG"):
        raise error
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="joinedup-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    click.echo(
        f"joinedup: something went wrong in joinedup itself ({type(error).__name__}: {error}). "
        f"The details are in {file.name}.",
        err=True,
    )
    return INTERNAL_FAULT


if __name__ == "__main__":
    main()
