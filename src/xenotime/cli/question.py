"""What the questions put to the supply model share: their options, the scenario asked about, their files.

Options stand here; whatever needs the model's libraries is imported when a question is asked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xenotime.cli.options import branch, chosen, known
from xenotime.core.errors import InputError
from xenotime.report.words import LANGUAGES

if TYPE_CHECKING:
    from xenotime.services.supply.model import Model
    from xenotime.services.supply.pieces import Simulator
    from xenotime.supply.engine.run import Asked
    from xenotime.supply.scenario.scenario import Scenario

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = ("html", "csv", "json")
#: A scenario file is read up to here [bytes].
LARGEST = 200_000


def _noted(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """An option about how a run is made: commands need not know of it, `simulator` reads it."""
    ctx.meta[f"{__name__}.{param.name}"] = value
    return value


#: Where the files go, which, and how they speak: the same for every question.
_OUTPUT = (
    click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help="Folder for the files (default: named after what is asked).",
    ),
    click.option(
        "--format",
        "formats",
        type=click.Choice([*FORMATS, "all", "none"]),
        multiple=True,
        default=("all",),
        show_default=True,
        help="What to write. Repeatable.",
    ),
    click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language."),
    click.option("--threads", type=click.IntRange(1, 256), default=None, help="Threads (default: all)."),
    click.option("--quiet", is_flag=True, help="Write the files, print only their paths."),
)
_OPTIONS = (
    click.option("--draws", type=click.IntRange(1, 5_000), default=200, show_default=True, help="Draws."),
    click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Seed."),
    click.option(
        "--days", type=click.IntRange(30, 3660), default=None, help="Days (default: the scenario's)."
    ),
    click.option(
        "-p",
        "--portfolio",
        type=click.Path(path_type=Path),
        default=None,
        help="Your company: its lines, stocks and suppliers are put into the world.",
    ),
    known,
    branch,
    click.option(
        "--certified",
        type=click.FloatRange(0, 1),
        default=None,
        help="Share of civil buyers with a certificate (default: the scenario's).",
    ),
    click.option(
        "--keep",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        expose_value=False,
        callback=_noted,
        help="Keep finished draws in this folder: a run that was stopped goes on.",
    ),
    click.option(
        "--again",
        is_flag=True,
        expose_value=False,
        callback=_noted,
        help="With --keep: forget what was kept.",
    ),
    click.option(
        "--connect",
        metavar="ADDRESS",
        default="",
        expose_value=False,
        callback=_noted,
        help="Run on the cluster at sc://host:port; the numbers are the same.",
    ),
)


def output(command: Command) -> Command:
    """The command with the options that say where its files go, which, and how they speak."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


def question(command: Command) -> Command:
    """The command with the options that every question has."""
    for option in reversed((*_OPTIONS, *_OUTPUT)):
        command = option(command)
    return command


def simulator() -> Simulator:
    """What runs the scenarios of this command: here or on a cluster, keeping its draws or not."""
    from xenotime.wiring.supply import simulator as made  # noqa: PLC0415 - needs the model's libraries

    noted = click.get_current_context().meta
    keep, again, connect = (noted.get(f"{__name__}.{name}") for name in ("keep", "again", "connect"))
    if again and keep is None:
        raise click.UsageError("--again needs --keep FOLDER")
    return made(keep, again=bool(again), connect=connect or "")


def library_list() -> list[str]:
    """The scenarios of the library, a line each: name and title."""
    from xenotime.supply.scenario.read import names, read  # noqa: PLC0415 - read when a list is asked for

    every = names()
    wide = max((len(name) for name in every), default=0)
    return [f"{name:<{wide}}  {read(name).title}" for name in every]


def scenario(text: str, model: Model) -> Scenario:
    """The scenario of a name in the library, or of a YAML file of the user's own.

    Raises AddressError with the nearest names, and InputError for a file that cannot be read or used.
    """
    from xenotime.services.supply.fitting import fit  # noqa: PLC0415 - as above
    from xenotime.services.supply.lanes import words_of  # noqa: PLC0415 - as above
    from xenotime.services.supply.model import named  # noqa: PLC0415 - as above
    from xenotime.supply.scenario.read import parse  # noqa: PLC0415 - as above

    path = Path(text)
    if path.suffix.lower() not in (".yaml", ".yml"):
        return named(text)
    book = model.opener(date.max, {}, ()).law.book
    words = words_of(book, model.network, frozenset(model.sureness))
    return fit(model.network, parse(_text(path), str(path), words, Beside(path.parent)))


class Beside(Mapping[str, str]):
    """The texts of notices that lie beside a scenario file, by file name; read only when asked for."""

    def __init__(self, folder: Path) -> None:
        self.paths = {path.name: path for path in sorted(folder.glob("*.md"))}

    def __getitem__(self, name: str) -> str:
        return _text(self.paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, name: object) -> bool:
        return name in self.paths


def _text(path: Path) -> str:
    """The text of a plain file; of one larger than `LARGEST`, or without end, no more than that is read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _odd(path, "a plain file", "something else: a folder, a pipe or a device")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _odd(path, "a file that can be read", error.strerror or str(error)) from error
    if len(data) > LARGEST:
        raise _odd(path, f"at most {LARGEST:,} bytes", "more")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _odd(path, "text in UTF-8", str(error)) from error


def _odd(path: Path, expected: str, found: str) -> InputError:
    return InputError(
        "this scenario file cannot be used",
        where=str(path),
        expected=expected,
        found=found,
        next_step="see docs/howto/write-a-scenario.md, or take a name from `xenotime stress --list`",
    )


def put(
    made: Scenario,
    days: int | None,
    known: date | None,
    branches: Iterable[str],
    certified: float | None,
) -> Scenario:
    """The scenario as the options settle it."""
    from xenotime.services.supply.model import settled  # noqa: PLC0415 - as above

    return settled(made, days=days, known=known, branches=chosen(tuple(branches)), certified=certified)


def asked(made: Scenario, draws: int, seed: int, threads: int | None) -> Asked:
    """How the run is made."""
    from xenotime.services.supply.stress import EVERY  # noqa: PLC0415 - as above
    from xenotime.supply.engine.run import Asked  # noqa: PLC0415 - as above

    return Asked(made.days, draws, seed=seed, every=EVERY, threads=threads or os.cpu_count() or 1)


def files(result: Any, folder: Path, formats: tuple[str, ...], page: Callable[[], Path]) -> list[Path]:
    """The files of an answer, each whole or not at all; `page` writes its page."""
    from xenotime.report.supply.files import write_result, write_tables  # noqa: PLC0415 - as above

    wanted = set(FORMATS) if "all" in formats else set(formats)
    written: list[Path] = []
    if "html" in wanted:
        written.append(page())
    if "csv" in wanted:
        written += write_tables(result, folder)
    if "json" in wanted:
        written.append(write_result(result, folder / "result.json"))
    return written
