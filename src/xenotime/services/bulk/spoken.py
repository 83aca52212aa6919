"""The form of a facts table in SQL: engine columns made of what a person wrote, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider, during
from xenotime.law.facts import LIMIT, Fact
from xenotime.law.graph import Graph
from xenotime.law.law import Law
from xenotime.law.query import Dialect, Query
from xenotime.law.sql import BOOLEAN, LONG, SQL, WORD, Plain
from xenotime.law.table import TERRITORIES, column_names
from xenotime.services.bulk.form import (
    AMOUNT,
    DAY,
    MONEY,
    NO,
    NOBODY,
    TERRITORY,
    UNIT,
    WHOLE,
    YES,
    Column,
    Form,
)

_TYPES = {"bool": BOOLEAN, "enum": WORD, "country": WORD, "int": LONG, "money": LONG, "percent": LONG}

#: The largest amount, in whole units.
_MOST = Decimal(LIMIT).scaleb(-4)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a column before it is read: has it nulls, nothing else, or one value."""

    nulls: bool = True
    empty: bool = False
    value: Plain = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A facts table in SQL: `made` engine columns (name to text), and `wrong` values by column."""

    made: Mapping[str, str]
    wrong: tuple[tuple[Column, str, str], ...]

    def select(self, source: str, dialect: Dialect, carried: Mapping[str, str]) -> str:
        """The engine columns of a source, and the carried columns under their own names."""
        texts = {**carried, **self.made}
        shown = ", ".join(f"{text} AS {dialect.name(name)}" for name, text in texts.items())
        return f"SELECT {shown} FROM {source}"  # noqa: S608 - our own text over checked names

    def faults(self, source: str) -> str:
        """One row that counts the wrong values of each column, in the order of `wrong`."""
        counts = ", ".join(f"count(CASE WHEN {bad} THEN 1 END)" for _, bad, _ in self.wrong)
        return f"SELECT {counts} FROM {source}"  # noqa: S608 - as above


def spoken(form: Form, law: Law, dialect: Dialect, key: str) -> Spoken:
    """A form in SQL. `key` is the text of a row's key where it has none of its own."""
    made: dict[str, str] = {"key": key}
    wrong: list[tuple[Column, str, str]] = []
    for column in form.columns:
        if column.role == "carried":
            continue
        text, bad, expected = _converted(column, dialect)
        ends = ("_min", "_max") if column.role == "both" else ("",)
        made |= {f"{column.name}{end}": text for end in ends}
        if bad:
            wrong.append((column, bad, expected))
    for fact in law.facts:
        pair = column_names(fact)
        if len(pair) == 2 and set(pair) <= set(made) and made[pair[0]] != made[pair[1]]:
            high = next(c for c in form.columns if c.name == pair[1])
            wrong.append((high, f"{made[pair[0]]} > {made[pair[1]]}", f"at least {pair[0]}"))
    return Spoken(made, tuple(wrong))


def table_query(spoken: Spoken, law: Law, known: Mapping[str, Known]) -> Query:
    """The table as a `Query` knows it: every fact's column, constants where they are known."""
    graph = Graph()
    names = {"key": graph.column("key", LONG), "on": graph.column("on", "DATE", nullable=False)}
    for fact in law.facts:
        for name in column_names(fact):
            kind, found = _TYPES[fact.type], known.get(name, Known())
            if name not in spoken.made or found.empty:
                names[name] = graph.constant(None, kind)
            elif found.value is not None and not found.nulls:
                names[name] = graph.constant(found.value, kind)
            else:
                names[name] = graph.column(name, kind, nullable=found.nulls)
    for name in spoken.made:
        if name not in names:
            names[name] = graph.column(name, BOOLEAN, nullable=False)
    return Query(graph, names)


def decisions(
    law: Law, table: Query, source: str, dialect: Dialect, form: Form, *, strict: bool
) -> list[str]:
    """The queries that decide a source of engine columns: rows before every hinge, and rows past one."""
    decider = Decider(law, strict=strict, words=SQL)
    near = past(law, dialect)
    found = [(decider.run_plain(table), f"NOT ({near})"), (decider.run(table), near)]
    return [
        in_words(
            law, query.sql(f"{source} WHERE {where}", dialect, form.carried), query.columns, dialect, form
        )
        for query, where in found
        if where != "FALSE"
    ]


def past(law: Law, dialect: Dialect) -> str:
    """Whether the row's day is one that some hinge leaves unconfirmed."""
    graph = Graph()
    names = {"on": graph.column("on", "DATE", nullable=False)}
    test = SQL.some([during(spans, SQL) for spans in law.spans.values()]).alias("past")
    return Query(graph, names).with_columns(test).text("past", dialect)


def in_words(law: Law, query: str, columns: Iterable[str], dialect: Dialect, form: Form) -> str:
    """The decision rows of a query, each also in words, its columns as small as in every engine."""
    own = ("key", "on", *form.carried)
    words = {
        "answer": _choice("outcome", {int(o): o.word for o in Outcome}, dialect),
        "article": _choice("rule", dict(enumerate(r.address for r in law.rules)), dialect),
    }
    shown = [dialect.name(name) for name in own]
    shown += [f"{text} AS {name}" for name, text in words.items()]
    shown += [f"CAST({dialect.name(c)} AS {_width(c)}) AS {dialect.name(c)}" for c in columns if c not in own]
    return f"SELECT {', '.join(shown)} FROM ({query})"  # noqa: S608 - our own text over checked names


def _width(column: str) -> str:
    if column in ("outcome", "low", "high") or "=" in column:
        return "TINYINT"
    return "SMALLINT" if column == "rule" else WORD


def _choice(column: str, texts: Mapping[int, str], dialect: Dialect) -> str:
    """A text for each number of a column, counted from nought; null for a number below."""
    listed = ", ".join(map(_quoted, texts.values()))
    if dialect.quote == '"':
        return f"([{listed}])[{column} + 1]"
    tests = " ".join(f"WHEN {number} THEN {_quoted(text)}" for number, text in texts.items())
    return f"CASE {column} {tests} END" if tests else "CAST(NULL AS STRING)"


def _converted(column: Column, dialect: Dialect) -> tuple[str, str, str]:
    """The text of what a column becomes, where it cannot, and what was expected there."""
    given = dialect.name(column.name)
    kind = column.fact.type if column.fact and column.role != "asked" else column.role
    if column.kind == "nothing":
        empty = {"on": "DATE", "key": LONG, "asked": BOOLEAN}.get(kind) or _TYPES[kind]
        return f"CAST({given} AS {empty})", f"{given} IS NULL" if kind == "on" else "", "a day in every row"
    if kind == "key":
        return given, "", ""
    if column.kind == "text":
        trimmed = (
            f"trim(BOTH ' \t\r\n' FROM {given})" if dialect.quote == "`" else f"trim({given}, e' \\t\\r\\n')"
        )
        given = f"CASE WHEN lower({trimmed}) NOT IN ({_listed(NOBODY)}) THEN {trimmed} END"
    match kind:
        case "on":
            return _day(given, dialect, text=column.kind == "text")
        case "bool" | "asked":
            text, bad, expected = _truth(given) if column.kind == "text" else (given, "", "")
            return (f"coalesce({text}, FALSE)" if kind == "asked" else text), bad, expected
        case "enum" | "country":
            assert column.fact is not None  # noqa: S101 - only facts have words
            text = _territory(given, dialect) if kind == "country" else _word(given, column.fact, dialect)
            words = " | ".join(column.fact.values) or "an ISO 3166 territory of two letters, such as CN"
            return text, f"({given}) IS NOT NULL AND ({text}) IS NULL", words
        case "int":
            return _whole(given, dialect, text=column.kind == "text")
    return _amount(given, column.kind, dialect)


def _day(given: str, dialect: Dialect, *, text: bool) -> tuple[str, str, str]:
    day = f"CASE WHEN {_fits(given, DAY, dialect)} THEN try_cast({given} AS DATE) END" if text else given
    return day, f"({day}) IS NULL", "a day such as 2026-11-21 in every row"


def _truth(given: str) -> tuple[str, str, str]:
    lowered = f"lower({given})"
    text = (
        f"CASE WHEN {lowered} IN ({_listed(YES)}) THEN TRUE WHEN {lowered} IN ({_listed(NO)}) THEN FALSE END"
    )
    return text, f"({given}) IS NOT NULL AND ({text}) IS NULL", "yes, no or unknown"


def _word(given: str, fact: Fact, dialect: Dialect) -> str:
    """The code of a word; the text of the column stands here once, for it is long."""
    if dialect.quote == '"':
        return f"CAST(enum_code(try_cast({given} AS ENUM ({_listed(fact.values)}))) AS INTEGER)"
    return f"(nullif(CAST(array_position(array({_listed(fact.values)}), {given}) AS INTEGER), 0) - 1)"


def _territory(given: str, dialect: Dialect) -> str:
    upper = f"upper({given})"
    if dialect.quote == '"':
        pairs = tuple(TERRITORIES.categories)
        return f"CAST(enum_code(try_cast({upper} AS ENUM ({_listed(pairs)}))) AS INTEGER)"
    letters = f"(ascii(substr({upper}, 1, 1)) - 65) * 26 + ascii(substr({upper}, 2, 1)) - 65"
    return f"CASE WHEN {_fits(upper, TERRITORY, dialect)} THEN {letters} END"


def _whole(given: str, dialect: Dialect, *, text: bool) -> tuple[str, str, str]:
    number = f"try_cast({given} AS BIGINT)"
    fits = f"{number} BETWEEN {-LIMIT} AND {LIMIT}"
    if text:
        fits = f"{_fits(given, WHOLE, dialect)} AND {fits}"
    return number, f"({given}) IS NOT NULL AND NOT coalesce({fits}, FALSE)", "a whole number below 2^53"


def _amount(given: str, kind: str, dialect: Dialect) -> tuple[str, str, str]:
    """An amount in ten-thousandths. Four decimals fit numbers of 64 bits, which are ten times as quick."""
    within, expected = f"{given} BETWEEN 0 AND {_MOST}", MONEY
    if kind == "integer":
        text = f"CASE WHEN {within} THEN CAST({given} AS BIGINT) * {UNIT} END"
        return text, f"{given} IS NOT NULL AND NOT {within}", expected
    if kind == "decimal":
        exact = f"CAST({given} AS DECIMAL(17, 4))"
        part = f"CAST({exact} - CAST(floor({exact}) AS DECIMAL(13, 0)) AS DECIMAL(5, 4))"
        whole = f"CAST(floor({exact}) AS BIGINT) * {UNIT}"
        text = f"CASE WHEN {within} THEN {whole} + CAST({part} * {UNIT} AS BIGINT) END"
        return text, f"{given} IS NOT NULL AND NOT {within}", expected
    if kind == "text":
        within = _fits(given, AMOUNT, dialect)
    exact = f"CASE WHEN {within} THEN try_cast({given} AS DECIMAL(18, 4)) END"
    text = f"CAST(CAST({exact} AS DECIMAL(22, 4)) * {UNIT} AS BIGINT)"
    same = f" AND ({exact}) = {given}" if kind == "long decimal" else ""
    return text, f"({given}) IS NOT NULL AND NOT coalesce({text} <= {LIMIT}{same}, FALSE)", expected


def _fits(text: str, pattern: str, dialect: Dialect) -> str:
    pattern = pattern.replace("\\d", "[0-9]").replace("\\.", "[.]")
    return (
        f"regexp_like({text}, '{pattern}')"
        if dialect.quote == "`"
        else f"regexp_matches({text}, '{pattern}')"
    )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
