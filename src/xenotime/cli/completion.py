"""`xenotime completion`: the line a shell needs to complete commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash:  xenotime completion bash >> ~/.bashrc
    zsh:   xenotime completion zsh  >> ~/.zshrc
    fish:  xenotime completion fish > ~/.config/fish/completions/xenotime.fish
    """
    made = get_completion_class(shell)
    root = click.get_current_context().find_root()
    if made is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(made(root.command, {}, "xenotime", "_XENOTIME_COMPLETE").source())
