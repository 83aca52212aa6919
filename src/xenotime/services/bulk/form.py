"""The form of a facts table: what a person's file may say in each column, and the facts that it becomes.

yes-or-no    a boolean, or the text yes, no, unknown
words        a word of the fact; a territory in two letters
whole number an integer, or its digits as text
money, share ``NAME``, or ``NAME_min`` and ``NAME_max``, in whole units as people write them: an integer, a
             DECIMAL, or digits as text, with at most four decimals; never a binary float

Beside the facts a table has `on`, an optional `key`, and what people know a row by (`sheet.STORY`).
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from polars.datatypes import DataType

from xenotime.core.errors import FactError
from xenotime.law.facts import LIMIT, Fact
from xenotime.law.law import Law
from xenotime.law.table import ASKED, column_names, column_type
from xenotime.services.bulk.sheet import STORY, Sheet

#: What a person writes for a truth, and for nobody knows.
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
NOBODY = ("", "unknown", "?", "null", "none stated")
#: How many ten-thousandths make a unit of money, and the digits that an amount may have.
UNIT, PLACES = 10_000, 4
#: The most different texts of a column that are read once each, in a table of more rows than that.
FEW = 4_096
BLANKS = " \t\r\n"
DAY = r"^\d{4}-\d{2}-\d{2}$"
MONEY = "an amount from 0 to 9e11 with at most four decimals, such as 99.99, and no other sign"
AMOUNT = r"^\d{1,12}(\.\d{0,4}0*)?$"
WHOLE = r"^-?\d{1,16}$"
TERRITORY = r"^[A-Z]{2}$"
#: The types of a column, as every engine tells them.
KINDS = ("bool", "text", "integer", "decimal", "long decimal", "day", "nothing")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a facts table: its name there, what kind it is, and the fact that it answers.

    `role` is on, key, asked, fact, both (one column that says both ends), min, max, or carried.
    """

    name: str
    kind: str
    role: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one facts table, told apart under one law."""

    columns: tuple[Column, ...]

    def of(self, *roles: str) -> tuple[Column, ...]:
        """The columns of some roles."""
        return tuple(c for c in self.columns if c.role in roles)

    @property
    def has_key(self) -> bool:
        """Whether rows have a key of their own."""
        return bool(self.of("key"))

    @property
    def carried(self) -> tuple[str, ...]:
        """The names of the columns that pass through as they are."""
        return tuple(c.name for c in self.of("carried"))


def form_of(kinds: Mapping[str, str], law: Law, where: str, carry: Iterable[str] = ()) -> Form:
    """The form of a table with these columns and kinds, `carry` naming what passes through unread.

    Raises FactError for a table without days, columns that nothing declares, or a kind that cannot answer.
    """
    roles = _roles(law)
    wanted = tuple(carry)
    absent = [name for name in wanted if name not in kinds]
    if absent:
        raise FactError(
            "this table lacks the columns that are to pass through",
            where=where,
            expected=", ".join(kinds),
            found=f"no {', '.join(absent)}",
            next_step="correct --carry",
        )
    roles |= dict.fromkeys(wanted, ("carried", None))
    strange = [name for name in kinds if name not in roles]
    if strange or "on" not in kinds:
        raise FactError(
            "these columns are not the facts of this law",
            where=where,
            expected="on (a day), an optional key, and facts of `xenotime law facts`",
            found=", ".join(_nearest(name, roles) for name in strange) or "no column 'on'",
            next_step="correct the names; what should only pass through is named with --carry",
        )
    form = Form(tuple(Column(name, kind, *roles[name]) for name, kind in kinds.items()))
    for column in form.columns:
        _check_kind(column, where)
    doubled = [c.name for c in form.of("both") if any(f"{c.name}{e}" in kinds for e in ("_min", "_max"))]
    if doubled:
        raise FactError(
            "an amount is given twice",
            where=where,
            expected="NAME, or NAME_min and NAME_max",
            found=doubled[0],
            next_step="leave one of the two ways out",
        )
    return form


def _roles(law: Law) -> dict[str, tuple[str, Fact | None]]:
    """What each name may mean under a law."""
    found: dict[str, tuple[str, Fact | None]] = dict.fromkeys(STORY, ("carried", None))
    found |= {"key": ("key", None), "on": ("on", None)}
    for fact in law.facts:
        names = column_names(fact)
        found |= dict(zip(names, (("min", fact), ("max", fact)), strict=False)) if fact.is_interval else {}
        found[fact.name] = ("both" if fact.is_interval else "fact", fact)
        if fact.presumed is not None:
            found[f"{fact.name}{ASKED}"] = ("asked", fact)
    return found


def _nearest(name: str, roles: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, roles, 1, 0.75)
    return f"{name} (is {close[0]} meant?)" if close else name


#: Which kinds can answer what.
_ANSWERS = {
    "on": ("day", "text"),
    "asked": ("bool", "text"),
    "bool": ("bool", "text"),
    "enum": ("text",),
    "country": ("text",),
    "int": ("integer", "text"),
    "money": ("integer", "decimal", "long decimal", "text"),
    "percent": ("integer", "decimal", "long decimal", "text"),
    "key": ("integer", "text"),
}


def _check_kind(column: Column, where: str) -> None:
    if column.role == "carried" or column.kind == "nothing":
        return
    asked = _ANSWERS[column.fact.type if column.fact and column.role != "asked" else column.role]
    if column.kind not in asked:
        more = "; a binary float cannot hold 99.99" if column.kind == "float" and "decimal" in asked else ""
        raise FactError(
            f"the column '{column.name}' has a type that cannot answer it",
            where=where,
            expected=" or ".join(asked) + more,
            found=column.kind,
            next_step="write the column in one of these types",
        )


def written(sheet: Sheet, law: Law) -> bytes:
    """A sheet as the Parquet file that a person would write: words, and money in whole units."""
    amounts = {name for fact in law.facts if fact.is_interval for name in column_names(fact)}
    exact = pl.Decimal(38, 0)
    table = sheet.story.join(sheet.facts, on="key", how="left", maintain_order="left").select(
        (pl.col(name).cast(exact) * pl.lit(Decimal("0.0001"))).cast(pl.Decimal(18, 4))
        if name in amounts
        else pl.col(name)
        for name in (*sheet.story.columns, *(n for n in sheet.facts.columns if n != "key"))
    )
    words = [name for name, kind in table.schema.items() if isinstance(kind, pl.Enum)]
    stream = io.BytesIO()
    table.with_columns(pl.col(words).cast(pl.String)).write_parquet(stream)
    return stream.getvalue()


# ---- in Polars -----------------------------------------------------------------------------------
def kind_of(kind: DataType) -> str:
    """The kind of a Polars type."""
    if kind == pl.Boolean:
        return "bool"
    if kind in (pl.String, pl.Categorical) or isinstance(kind, pl.Enum):
        return "text"
    if kind.is_integer():
        return "integer"
    if isinstance(kind, pl.Decimal):
        return decimal_kind(kind.scale)
    return {pl.Date: "day", pl.Null: "nothing"}.get(type(kind), "float" if kind.is_float() else str(kind))


def decimal_kind(places: int) -> str:
    """The kind of a DECIMAL of so many places; more than four may say more than a fact can hold."""
    return "decimal" if places <= PLACES else "long decimal"


def read_facts(table: pl.DataFrame, form: Form, start: int = 0) -> pl.DataFrame:
    """The table as a `Decider` takes it, keyed from `start` if it has no keys.

    Raises FactError for the first value that its column cannot have.
    """
    made: list[pl.Expr] = []
    wrong: list[tuple[Column, pl.Expr, str]] = []
    words = _words(table, form)
    for column in form.columns:
        if column.role == "carried":
            continue
        value, bad, expected = _converted(column)
        if column.name in words:
            value, bad = _by_word(column, words[column.name], value, bad)
        ends = ("_min", "_max") if column.role == "both" else ("",)
        made += [value.alias(f"{column.name}{end}") for end in ends]
        if bad is not None:
            wrong.append((column, bad, expected))
    _refuse(table, wrong, start)
    if not form.has_key:
        made.insert(0, pl.int_range(start, start + table.height, dtype=pl.Int64).alias("key"))
    return table.select(made)


def _words(table: pl.DataFrame, form: Form) -> dict[str, pl.Series]:
    """The different texts of each column of a long table that has few, so that each is read once."""
    texts = [c.name for c in form.columns if c.kind == "text" and c.role not in ("key", "carried")]
    if table.height <= FEW or not texts:
        return {}
    found = table.select(pl.col(texts).cast(pl.String).unique().implode())
    return {name: found[name][0] for name in texts if len(found[name][0]) <= FEW}


def _by_word(
    column: Column, words: pl.Series, value: pl.Expr, bad: pl.Expr | None
) -> tuple[pl.Expr, pl.Expr | None]:
    """What a column becomes, looked up by its words; where it cannot, if any of them cannot."""
    small = words.drop_nulls().rename(column.name)
    told = small.to_frame().select(value).to_series()
    if column.fact and column.role == "fact" and told.dtype == pl.String:
        typed = told.cast(column_type(column.fact), strict=False)
        told = typed if typed.null_count() == told.null_count() else told
    if bad is not None and not words.rename(column.name).to_frame().select(bad.any()).item():
        bad = None
    place = pl.col(column.name).cast(pl.String).cast(pl.Enum(small)).to_physical()
    return pl.lit(told).gather(place), bad


def _converted(column: Column) -> tuple[pl.Expr, pl.Expr | None, str]:
    """What a column becomes, where it cannot, and what was expected there."""
    given, text = pl.col(column.name), column.kind == "text"
    if column.kind == "nothing":
        empty = {"on": pl.Date, "asked": pl.Boolean, "key": pl.Int64}.get(column.role)
        return (given.cast(empty) if empty else given), None, ""
    if column.role == "key":
        return (given.cast(pl.String) if text else given.cast(pl.Int64)), None, ""
    if text:
        given = given.cast(pl.String).str.strip_chars(BLANKS)
        given = pl.when(~given.str.to_lowercase().is_in(NOBODY)).then(given)
    kind = column.fact.type if column.fact and column.role != "asked" else column.role
    if kind in ("bool", "asked"):
        return _truth(given, text=text)
    if kind == "on":
        day = given
        if text:
            day = pl.when(given.str.contains(DAY)).then(given).str.to_date("%Y-%m-%d", strict=False)
        return day, day.is_null(), "a day such as 2026-11-21 in every row"
    if kind in ("enum", "country"):
        return (given.str.to_uppercase() if kind == "country" else given), None, ""
    return _whole(given, text=text) if kind == "int" else _amount(given, column.kind)


def _truth(given: pl.Expr, *, text: bool) -> tuple[pl.Expr, pl.Expr | None, str]:
    if not text:
        return given, None, ""
    lowered = given.str.to_lowercase()
    value = pl.when(lowered.is_in(YES) | lowered.is_in(NO)).then(lowered.is_in(YES))
    return value, given.is_not_null() & value.is_null(), "yes, no or unknown"


def _whole(given: pl.Expr, *, text: bool) -> tuple[pl.Expr, pl.Expr | None, str]:
    if not text:
        return given, None, ""
    fits = given.str.contains(WHOLE)
    return pl.when(fits).then(given).cast(pl.Int64), given.is_not_null() & ~fits, "a whole number"


def _amount(given: pl.Expr, kind: str) -> tuple[pl.Expr, pl.Expr | None, str]:
    expected = MONEY
    if kind == "text":
        fits = given.str.contains(AMOUNT)
        whole = pl.when(fits).then(given.str.extract(r"^(\d+)", 1)).cast(pl.Int64)
        part = given.str.extract(r"\.(\d{1,4})", 1).fill_null("").str.pad_end(4, "0")
        value = whole * UNIT + part.cast(pl.Int64, strict=False)
        return value, given.is_not_null() & ~(fits & (value <= LIMIT)), expected
    if kind == "decimal":
        value = given.cast(pl.Decimal(38, PLACES), strict=False).to_physical().cast(pl.Int64, strict=False)
        return value, given.is_not_null() & ~value.is_between(0, LIMIT).fill_null(value=False), expected
    within = pl.when(given.is_between(0, LIMIT // UNIT + 1)).then(given)
    shifted = within.cast(pl.Int64) * UNIT if kind == "integer" else within * UNIT
    value = shifted.cast(pl.Int64)
    fits = shifted.is_not_null() & (shifted == value) & (value <= LIMIT)
    return value, given.is_not_null() & ~fits, expected


def _refuse(table: pl.DataFrame, wrong: Iterable[tuple[Column, pl.Expr, str]], start: int) -> None:
    tests = list(wrong)
    found = table.select(bad.any().alias(column.name) for column, bad, _ in tests)
    for column, bad, expected in tests:
        if found[column.name].item():
            row = table.select(pl.arg_where(bad).first()).item()
            raise refused(column, str(table[column.name][row]), expected, f"row {start + row + 1}")


def refused(column: Column, found: str, expected: str, where: str) -> FactError:
    """The failure of a value that its column cannot have."""
    return FactError(
        f"the column '{column.name}' cannot have this value",
        where=where,
        expected=expected,
        found=repr(found),
        next_step=f"answer: {column.fact.asks}" if column.fact else "correct this row, or leave it out",
    )
