"""Tables of a network of firms, told apart by their columns and read whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from xenotime.core.cells import original
from xenotime.core.errors import InputError
from xenotime.supply.firms.network import Essential, Floats, Numbers, Register

#: The columns that tell what a table is, and what each kind is called.
_KINDS = {
    "links": ("supplier", "buyer", "value"),
    "firms": ("firm", "sector"),
    "essential": ("supplier_sector", "buyer_sector", "kind"),
}
_WORDS = {"essential": 2, "other": 1, "none": 0, "2": 2, "1": 1, "0": 0}
_MOST_SECTORS = 5_000


@dataclass(frozen=True, slots=True)
class Read:
    """What the files of a network say; `essential` is None when no file says which inputs are essential."""

    register: Register
    essential: Essential | None
    where: str


def read(paths: Sequence[Path]) -> Read:
    """The network that the files hold: links, firms, and which sector is essential to which.

    Raises InputError for a file that is none of these, two files of one kind, no links or no firms, a link to
    a firm that is not there, and a cell that is no number.
    """
    found: dict[str, tuple[str, pl.DataFrame]] = {}
    for path in paths:
        frame = _frame(path)
        kind = _kind(frame.columns, path.name)
        if kind in found:
            raise InputError(
                f"two files are tables of {kind}",
                where=path.name,
                expected="one file of each kind",
                found=f"{found[kind][0]} and {path.name}",
                next_step="join them to one file, or leave one out",
            )
        found[kind] = (path.name, frame)
    for kind in ("links", "firms"):
        if kind not in found:
            raise _lacking(kind, [path.name for path in paths])
    where = ", ".join(name for name, _ in found.values())
    return Read(_register(*found["links"], *found["firms"]), _essential(found.get("essential")), where)


def _frame(path: Path) -> pl.DataFrame:
    """The table of a CSV or Parquet file; CSV cells stay texts."""
    parquet = path.suffix.lower() in (".parquet", ".pq")
    try:
        if parquet:
            return pl.read_parquet(path)
        frame = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as error:
        raise InputError(
            "this file cannot be read as a table",
            where=path.name,
            expected="CSV in UTF-8 with a header line, or Parquet",
            found=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
            next_step="check the path, or export the table again",
        ) from error
    return frame.rename({name: name.strip().lower() for name in frame.columns})


def _kind(columns: Sequence[str], file: str) -> str:
    for kind, wanted in _KINDS.items():
        if set(wanted) <= set(columns):
            return kind
    raise InputError(
        "this table is none of those that make a network of firms",
        where=file,
        expected="; or ".join(f"{kind}: " + ", ".join(wanted) for kind, wanted in _KINDS.items()),
        found=", ".join(columns[:8]) or "no columns",
        next_step="name the columns so; revenue and cost of firms may stand beside",
    )


def _lacking(kind: str, files: Sequence[str]) -> InputError:
    return InputError(
        f"the table of {kind} is missing",
        where="xenotime firms FILE…",
        expected=f"a file with the columns {', '.join(_KINDS[kind])}",
        found=", ".join(files) or "no file",
        next_step="name that file too",
    )


def _register(links_file: str, links: pl.DataFrame, firms_file: str, firms: pl.DataFrame) -> Register:
    names = _texts(firms, "firm", firms_file)
    where = pl.DataFrame({"name": names, "at": np.arange(len(names))}).unique("name", keep="first")
    return Register(
        names,
        _texts(firms, "sector", firms_file),
        _places(links, "supplier", where, links_file),
        _places(links, "buyer", where, links_file),
        _numbers(links, "value", links_file),
        *(
            _numbers(firms, column, firms_file, empty=True) if column in firms.columns else None
            for column in ("revenue", "cost")
        ),
    )


def _texts(frame: pl.DataFrame, column: str, file: str) -> list[str]:
    cells = frame[column].cast(pl.String).str.strip_chars()
    empty = (cells.is_null() | (cells == "")).arg_true()
    if len(empty):
        raise InputError(
            f"a {column} is empty",
            where=f"{file}, row {empty[0] + 2}",
            expected=f"a {column} in every row",
            found="nothing",
            next_step="fill the cell, or leave the row out",
        )
    return [original(cell) for cell in cells.to_list()]


def _places(links: pl.DataFrame, column: str, where: pl.DataFrame, file: str) -> Numbers:
    names = _texts(links, column, file)
    if not names:
        raise InputError(
            "the table of links is empty",
            where=file,
            expected="a row for each buyer and supplier",
            found="a head line alone",
            next_step="add the links; without them no failure spreads",
        )
    joined = pl.DataFrame({"name": names}).join(where, on="name", how="left", maintain_order="left")["at"]
    unknown = joined.is_null().arg_true()
    if len(unknown):
        raise InputError(
            "a link names a firm that is not there",
            where=f"{file}, row {unknown[0] + 2}",
            expected="firms of the table of firms",
            found=names[unknown[0]],
            next_step="add the firm with its sector, or leave the link out",
        )
    return joined.to_numpy().astype(np.int64)


def _numbers(frame: pl.DataFrame, column: str, file: str, *, empty: bool = False) -> Floats:
    """A column of numbers; an empty cell, where it may be, is not a number (nan)."""
    cells = frame[column]
    if cells.dtype == pl.String:
        cells = cells.str.strip_chars().replace("", None)
    made = cells.cast(pl.Float64, strict=False)
    bad = (made.is_null() & (cells.is_not_null() if empty else pl.Series([True] * len(made)))).arg_true()
    if len(bad):
        raise InputError(
            f"a {column} is no number",
            where=f"{file}, row {bad[0] + 2}",
            expected="digits, with a point for decimals",
            found=str(cells[bad[0]]) if cells[bad[0]] is not None else "nothing",
            next_step="correct the cell",
        )
    return made.fill_null(float("nan")).to_numpy().astype(np.float64)


def _essential(found: tuple[str, pl.DataFrame] | None) -> Essential | None:
    """Which sector is essential to which: pairs that are not named are other inputs (kind 1)."""
    if found is None:
        return None
    file, frame = found
    sellers, buyers = (_texts(frame, f"{side}_sector", file) for side in ("supplier", "buyer"))
    kinds = [word.lower() for word in _texts(frame, "kind", file)]
    sectors = sorted({*sellers, *buyers})
    odd = next((n for n, word in enumerate(kinds) if word not in _WORDS), None)
    if odd is not None or len(sectors) > _MOST_SECTORS:
        raise InputError(
            "the essential matrix cannot be used",
            where=file if odd is None else f"{file}, row {odd + 2}",
            expected=f"essential, other or none, between at most {_MOST_SECTORS:,} sectors",
            found=f"{len(sectors):,} sectors" if odd is None else kinds[odd],
            next_step="correct the kind, or use broader sectors",
        )
    at = {sector: number for number, sector in enumerate(sectors)}
    table = np.ones((len(sectors), len(sectors)), np.int8)
    for seller, buyer, kind in zip(sellers, buyers, kinds, strict=True):
        table[at[seller], at[buyer]] = _WORDS[kind]
    return Essential(tuple(sectors), table)
