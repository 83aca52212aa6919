"""`xenotime verify`: a certificate, status list, receipt, proof, checkpoint or log, also offline."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from xenotime.core.errors import InputError

_KEYS = "The authority's did.json, or a folder of such files. Without it they are fetched from the issuer."
_STATUS = "A status list as it was published, or a folder of all that were kept."
_HELD = "A checkpoint of the log that you hold; may be given several times."
_GRACE = "Days for which a status list that ran out still counts; never for the military-linked track."


@click.command(short_help="Verify a certificate, receipt or log, also offline.")
@click.argument("target", metavar="FILE|URL")
@click.option("--offline", is_flag=True, help="Use the files given, and no network.")
@click.option("--on", metavar="DATE", help="The day asked about (UTC); today if not given.")
@click.option("--issuer", metavar="DID", help="Whom you trust, such as did:web:authority.example.")
@click.option("--keys", type=click.Path(path_type=Path), help=_KEYS)
@click.option("--status", type=click.Path(path_type=Path), help=_STATUS)
@click.option("--checkpoint", "held", type=click.Path(path_type=Path), multiple=True, help=_HELD)
@click.option("--grace", type=click.IntRange(0, 90), default=0, metavar="DAYS", help=_GRACE)
@click.option("--json", "as_json", is_flag=True, help="Print the whole finding as JSON.")
def verify(as_json: bool, **asked: Any) -> None:
    """Verify a certificate, status list, receipt, growth proof, checkpoint or exported log.

    Says the answer first, then which evidence it used, from when, and what it could not check.

    \b
    Exit codes: 0 valid; 1 not valid, suspended, or cannot be shown; 2 the input cannot be used.

    Without --issuer or --keys, valid means: signed by whoever holds the address that the text names.
    """
    proof = _loaded()
    found = proof.answered(proof.Asked(**asked))
    if as_json:
        click.echo(json.dumps(proof.plain(found), ensure_ascii=False, indent=2))
    else:
        for line in proof.shown(found):
            click.echo(line)
    sys.exit(proof.code(found))


def _loaded() -> Any:
    """What does the work; it needs the libraries of the `serve` extra, and not the server."""
    try:
        return import_module("xenotime.cli.proof")
    except ModuleNotFoundError as error:
        raise InputError(
            "verifying needs libraries that are not installed",
            where="xenotime verify",
            expected="the extra `serve`",
            found=f"no {error.name}",
            next_step="pip install 'xenotime[serve]'",
        ) from error
