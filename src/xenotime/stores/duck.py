"""The engine of tables larger than memory: DuckDB reads Parquet, decides in SQL, writes Parquet.

Rows stream through; nothing is sorted, joined or gathered, so memory stays what a part of the threads' work
needs. Results carry their keys: DuckDB keeps no order among threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xenotime.core.errors import InputError
from xenotime.law.law import Law
from xenotime.law.query import DUCKDB
from xenotime.services.bulk.form import Form, refused
from xenotime.services.bulk.run import Part
from xenotime.services.bulk.spoken import Known, Spoken, decisions, spoken, table_query
from xenotime.stores.tables import Table

if TYPE_CHECKING:
    import duckdb

#: Types whose least and greatest value a Parquet file states exactly.
_EXACT = ("BOOLEAN", "INT32", "INT64")

#: What Parquet files state of each column, all files and groups of rows together.
_STATED = """
SELECT path_in_schema, any_value(type), bool_and(stats_null_count IS NOT NULL), sum(stats_null_count),
       sum(num_values), bool_and(stats_min_value IS NOT NULL OR num_values = stats_null_count),
       min(stats_min_value), max(stats_min_value), min(stats_max_value), max(stats_max_value)
"""


class Duck:
    """Decides parts of Parquet files with DuckDB, in this process, within `memory` (such as 20GB)."""

    name = "duckdb"

    def __init__(self, table: Table, law: Law, *, strict: bool = False, memory: str = "") -> None:
        self.table, self.law, self.strict = table, law, strict
        self.session = _session(memory)
        with self._telling(table.files[0]):
            known = self._known(table.form)
        self.ready = table_query(_spoken(table.form, law, 0), law, known)

    def decide(self, part: Part, target: Path) -> None:
        """Write the decision rows of a part as one Parquet file."""
        form = self.table.form
        words = _spoken(form, self.law, part.first - part.start)
        source = self._source(part)
        with self._telling(target):
            self._check(words, source, part)
            carried = {name: DUCKDB.name(name) for name in form.carried}
            engine = words.select(source, DUCKDB, carried)
            found = decisions(self.law, self.ready, f"({engine})", DUCKDB, form, strict=self.strict)
            text = " UNION ALL ".join(found)
            self.session.execute(f"COPY ({text}) TO {_text(target)} (FORMAT parquet, COMPRESSION zstd)")

    def _source(self, part: Part) -> str:
        file = _text(self.table.files[part.file])
        return (
            f"read_parquet({file}, file_row_number = true)"
            f" WHERE file_row_number >= {part.start} AND file_row_number < {part.start + part.rows}"
        )

    def _check(self, words: Spoken, source: str, part: Part) -> None:
        """Refuse the first value that its column cannot have."""
        if not words.wrong:
            return
        counts = self.session.execute(words.faults(source)).fetchone()
        for (column, bad, expected), count in zip(words.wrong, counts or (), strict=True):
            if count:
                row, value = self._example(DUCKDB.name(column.name), bad, source)
                raise refused(column, str(value), expected, f"row {part.first - part.start + row + 1}")

    def _example(self, column: str, bad: str, source: str) -> tuple[int, object]:
        shown = f"SELECT file_row_number, CAST({column} AS VARCHAR)"
        text = f"{shown} FROM {source} AND ({bad}) ORDER BY 1 LIMIT 1"
        row, value = self.session.execute(text).fetchone() or (0, "")
        return int(row), value

    def _known(self, form: Form) -> dict[str, Known]:
        """What the Parquet files themselves say of each column: nulls, and whether it has only one value."""
        found: dict[str, list[Any]] = {}
        text = f"{_STATED} FROM parquet_metadata([{', '.join(map(_text, self.table.files))}]) GROUP BY 1"
        for name, *rest in self.session.execute(text).fetchall():
            found[name] = rest
        return dict(_all_known(form, found))

    @contextmanager
    def _telling(self, target: Path) -> Iterator[None]:
        import duckdb  # noqa: PLC0415 - a part that only this engine needs

        try:
            yield
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.OutOfMemoryException as error:
            raise InputError(
                "the memory that DuckDB may use is not enough",
                where="--memory",
                expected="some gigabytes",
                found=_first(error),
                next_step="give it more, or fewer rows a part with --rows",
            ) from error
        except duckdb.Error as error:
            raise InputError(
                "DuckDB could not decide this part",
                where=str(target),
                expected="Parquet files that can be read, and room for what is written",
                found=_first(error),
                next_step="mend it and run the same command again: parts that are kept are not made again",
            ) from error


def _spoken(form: Form, law: Law, offset: int) -> Spoken:
    return spoken(form, law, DUCKDB, f"file_row_number + {offset}")


def _all_known(form: Form, found: Mapping[str, list[Any]]) -> Iterator[tuple[str, Known]]:
    for column in form.of("fact", "both", "min", "max"):
        if column.name not in found:
            continue
        kind, told, nulls, rows, bounded, *ends = found[column.name]
        empty = told and nulls == rows
        single = bounded and not empty and len(set(ends)) == 1 and kind in _EXACT and column.role == "fact"
        value = _value(column.kind, ends[0]) if single else None
        known = Known(not told or nulls > 0 or column.kind == "text", empty, value)
        for end in ("_min", "_max") if column.role == "both" else ("",):
            yield f"{column.name}{end}", known


def _value(kind: str, text: str) -> bool | int | None:
    if kind == "bool":
        return text == "true"
    return int(text) if kind == "integer" else None


def _session(memory: str) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb  # noqa: PLC0415 - a part that only this engine needs
    except ImportError as error:
        raise InputError(
            "the engine DuckDB is not installed",
            where="--engine duckdb",
            expected="duckdb",
            found="not installed",
            next_step="install xenotime[duckdb]; --engine polars needs nothing more",
        ) from error
    session = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    session.execute("SET enable_progress_bar = false")
    if memory:
        try:
            session.execute(f"SET memory_limit = {_text(memory)}")
        except duckdb.Error as error:
            raise InputError(
                "this is no size of memory",
                where="--memory",
                expected="a size such as 20GB",
                found=memory,
                next_step="give it again",
            ) from error
    return session


def _text(value: object) -> str:
    """A text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _first(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]
