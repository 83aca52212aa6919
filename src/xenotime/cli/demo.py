"""`xenotime demo`: the programme in one page, with an invented certificate and everything to verify it."""

from __future__ import annotations

import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from xenotime.cli.progress import working
from xenotime.report.atomic import write
from xenotime.report.words import LANGUAGES, load

_VERIFY = "--keys did.json --status status --offline"


@click.command(short_help="Show a certificate issued, used, suspended and verified.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The page's language.")
def demo(folder: Path, lang: str) -> None:
    """Write FOLDER/demo.html: an invented certificate used for a shipment, suspended, and verified offline.

    Everything the page speaks of is done by the programme itself, in a database that is thrown away. Beside
    the page lie the credential, the authority's keys, status lists, receipt and log, ready for
    `xenotime verify`. Reports of `xenotime assess` and `xenotime stress` in the same folder are linked.
    """
    parts = import_module("xenotime.wiring.programme")
    with tempfile.TemporaryDirectory() as place, working("running an invented programme") as _:
        shown = parts.exhibits(Path(place))
    for name, data in shown.files.items():
        write(folder / name, data)
    pages = import_module("xenotime.report.demo")
    report, stress = (name if (folder / name).exists() else "" for name in ("report.html", "stress.html"))
    made = pages.write_demo(
        folder, shown, _checked(folder, shown, pages), report=report, stress=stress,
        counts=_counts(folder / "results.json"), words=load(lang),
    )  # fmt: skip
    click.echo(f"wrote {made}")


def _counts(results: Path) -> dict[str, int]:
    """The legs of the report beside the page by outcome; none where there is no readable one."""
    try:
        found = json.loads(results.read_bytes())["counts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _checked(folder: Path, shown: Any, pages: Any) -> list[Any]:
    """What `xenotime verify` says of the files as they now lie there: today, and the day before."""
    proof = import_module("xenotime.cli.proof")
    day = shown.suspended.date().toordinal() - 1
    before = shown.suspended.date().fromordinal(day).isoformat()
    asked = (
        ("certificate.jwt", _VERIFY, {"status": folder / "status"}),
        ("certificate.jwt", f"{_VERIFY} --on {before}", {"status": folder / "status", "on": before}),
        ("receipt.json", "--keys did.json --checkpoint checkpoint.txt --offline",
         {"held": (folder / "checkpoint.txt",)}),
    )  # fmt: skip
    return [
        pages.Checked(
            f"xenotime verify {name} {options}",
            tuple(
                line.replace(f"{folder}/", "")
                for line in proof.shown(proof.answered(_asked(proof, folder, name, more)))
            ),
        )
        for name, options, more in asked
    ]


def _asked(proof: Any, folder: Path, name: str, more: dict[str, Any]) -> Any:
    return proof.Asked(str(folder / name), offline=True, keys=folder / "did.json", **more)
