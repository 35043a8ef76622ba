"""`joinedup completion`: tab completion for the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    For bash: joinedup completion bash > ~/.joinedup-complete && echo '. ~/.joinedup-complete'
    >> ~/.bashrc
    """
    made = get_completion_class(shell)
    assert made is not None  # click knows the shells of the choice
    click.echo(made(ctx.find_root().command, {}, "joinedup", "_JOINEDUP_COMPLETE").source())
