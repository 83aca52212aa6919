"""The command line's front door: one group, one way to fail, documented exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import StringIO, TextIOWrapper
from typing import Any

import click

from xenotime import __version__
from xenotime.core.errors import Problem, XenotimeError

#: Exit codes, as docs/reference/commands.md states them.
DONE, FOUND, REFUSED, STOPPED = 0, 1, 2, 130


#: The module of each command, imported when the command is asked for. A face offers its own: the pages'
#: command lives with the pages.
COMMANDS = {
    "assess": "cli.assess",
    "decide": "cli.decide",
    "trace": "cli.trace",
    "military": "cli.military",
    "new": "cli.intake",
    "check": "cli.intake",
    "screen": "cli.screen",
    "records": "cli.records",
    "own": "cli.own",
    "lists": "cli.lists",
    "law": "cli.law",
    "ask": "cli.ask",
    "replay": "cli.replay",
    "evidence": "cli.evidence",
    "stress": "cli.stress",
    "adapt": "cli.adapt",
    "leverage": "cli.leverage",
    "hedge": "cli.hedge",
    "sensitivity": "cli.sensitivity",
    "truce": "cli.truce",
    "backtest": "cli.backtest",
    "firms": "cli.firms",
    "demo": "cli.demo",
    "serve": "web.serve",
    "programme": "cli.programme",
    "verify": "cli.verify",
    "completion": "cli.completion",
}


#: The extra that brings each part beside the core; what is not named here comes with the programme's.
_EXTRAS = {
    **dict.fromkeys(("numba", "numpy", "scipy", "highspy", "SALib"), "supply"),
    **dict.fromkeys(("pyspark", "pyarrow", "pandas"), "cluster"),
    "z3": "prove",
    "duckdb": "duckdb",
}


class Front(click.Group):
    """A group that turns every failure into its four-part message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now; None if there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"xenotime.{COMMANDS[cmd_name]}"), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named; Ctrl-C ends it with exit code 130, a reader who has gone with 0."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(DONE)
        except (KeyboardInterrupt, Exception) as error:
            if not _stopped(error):
                raise
            click.echo("stopped; every file named as written is whole", err=True)
            ctx.exit(STOPPED)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; bad input ends with exit code 2."""
        _prepare()
        try:
            return super().main(*args, **extra)
        except ModuleNotFoundError as error:
            click.echo(f"xenotime: {_absent(error)}", err=True)
            sys.exit(REFUSED)
        except XenotimeError as error:
            click.secho(f"xenotime: {error}", err=True, fg="red" if sys.stderr.isatty() else None)
            sys.exit(REFUSED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(DONE)
        except OSError as error:
            click.echo(f"xenotime: {_unusable(error)}", err=True)
            sys.exit(REFUSED)


def _stopped(error: BaseException) -> bool:
    """Whether Ctrl-C came; the prover and DuckDB tell that in errors of their own."""
    if isinstance(error, KeyboardInterrupt):
        return True
    name, said = type(error).__name__, str(error)
    told = any(word in said for word in ("KeyboardInterrupt", "canceled", "interrupted"))
    return name == "InterruptException" or (name in ("ArgumentError", "RuntimeError", "Z3Exception") and told)


def _absent(error: ModuleNotFoundError) -> Problem:
    """A part of the programme that is not installed; one of our own that is missing is our failure."""
    part = (error.name or "").split(".")[0]
    if part in ("", "xenotime"):
        raise error
    return Problem(
        "this command needs a part that is not installed",
        error.name or part,
        "a part beside the core",
        "only the core",
        f"install xenotime[{_EXTRAS.get(part, 'serve')}]",
    )


def _unusable(error: OSError) -> Problem:
    """What the file system refused, in the four parts of every failure."""
    return Problem(
        "a file or folder cannot be used",
        str(error.filename or "standard output"),
        "a place that can be read and written, with room left",
        error.strerror or str(error),
        "check the path and its permissions, or choose another place",
    )


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="xenotime")
def cli() -> None:
    """May this go, to whom, under which article? China's rare-earth export controls, decided with reasons.

    \b
    Start here:
      xenotime new my-portfolio --from orders.xlsx    make a portfolio from an ERP export
      xenotime check my-portfolio                     list every problem, by file and row
      xenotime assess my-portfolio                    decide every shipment, write the report
      xenotime decide facts.yaml                      decide and explain one transaction
      xenotime screen customers.csv --out june        put parties to the lists, write a register
      xenotime own target --from register.csv         who holds a party, under the 50 % rules
      xenotime law list                               read the book of law
      xenotime stress april-2025                      what stops, where and when, under a scenario
      xenotime evidence conflicts china refines       who published which figure, of what
      xenotime serve --demo                           run a certified-end-user programme
      xenotime verify certificate.jwt                 verify a certificate, offline too

    \b
    Exit codes: 0 done; 1 done, and something was found (problems, a failed expectation);
    2 the input or an option cannot be used; 130 stopped by Ctrl-C.

    Not legal advice. Nothing here finds a way round a licence.
    """


def _prepare() -> None:
    """Make output never a failure: a sign the encoding lacks is replaced, a closed stream swallows all."""
    sys.stdout = sys.stdout or StringIO()
    sys.stderr = sys.stderr or StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if "--json" in sys.argv else "replace")


def run() -> None:
    """The console script."""
    cli()
