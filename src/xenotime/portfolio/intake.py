"""From a flat export to a portfolio: parties, products, shipments, legs, declarations and a triage.

What the export does not say stays unknown. No row is lost: each is a shipment, is passed over with
its reason, or is kept word for word in `unread.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from xenotime.core.errors import InputError
from xenotime.portfolio.declared import Declared, read_declarations
from xenotime.portfolio.lines import Line, Lines, Skipped, read_lines
from xenotime.portfolio.mapping import ColumnMap, Section, declaration_section, locate, propose, settle
from xenotime.portfolio.people import Parties
from xenotime.portfolio.places import find_currency, several
from xenotime.portfolio.schema import schema
from xenotime.portfolio.sheets import Grid, read_grids
from xenotime.portfolio.table import Portfolio, Row
from xenotime.portfolio.triage import Tables, Triage, triage
from xenotime.portfolio.values import as_id


@dataclass(frozen=True, slots=True)
class Item:
    """One item number of the export: its texts, its customs numbers, and what the triage says."""

    product: str
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    origins: tuple[str, ...]
    lines: int
    triage: Triage


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that came out of an export."""

    source: str
    mapping: ColumnMap
    portfolio: Portfolio
    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    header: tuple[str, ...]
    told: tuple[str, ...]
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unstated: tuple[Skipped, ...] = ()
    stated: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[Skipped, ...]:
        """The rows with data that could not be read."""
        return tuple(row for row in self.skipped if row.lost)


def take(
    path: Path | str,
    tables: Tables,
    *,
    mapping: ColumnMap | None = None,
    date_order: str = "",
    encoding: str = "",
    declarations: Path | str | None = None,
) -> Intake:
    """The portfolio that an export gives, with its triage and an account of every row.

    ``mapping`` is a saved one (else it is proposed from the headers); ``date_order`` (dmy or mdy)
    settles days such as 03/04/2025; ``encoding`` is that of a CSV file that is not UTF-8;
    ``declarations`` is a further file of supplier declarations.
    Raises InputError if the file cannot be read, no header is found, or a column can be read in two ways.
    """
    source = Path(path)
    encoding = encoding or (mapping.encoding if mapping else "")
    grids = read_grids(source, encoding=encoding)
    chosen = mapping or propose(grids)
    chosen = replace(chosen, orders=settle(chosen.orders, date_order=date_order))
    grid, header, at = locate(chosen.orders, grids)
    signs, sign_words = _signs(grid, header, at, chosen.signs)
    read = read_lines(grid, header, at, chosen.orders, signs, chosen.units)
    if not read.lines:
        raise _nothing(grid, read)
    parties = Parties()
    declared, told_section = _declared(chosen, grids, declarations, parties, date_order, signs)
    items = _items(read.lines, tables, declared)
    portfolio = Portfolio(_tables(read.lines, items, parties, declared, source.name), str(source))
    saved = replace(
        chosen,
        orders=replace(chosen.orders, header_row=header, date_order=read.date_order, decimal=read.decimal),
        declarations=told_section,
        signs=signs,
        encoding=encoding,
    )
    return Intake(
        source.name,
        saved,
        portfolio,
        items,
        tuple(read.lines),
        tuple(read.skipped),
        read.header,
        (*sign_words, *read.told, *declared.told),
        tuple(parties.merged()),
        tuple(declared.skipped),
        declared.header,
    )


def _nothing(grid: Grid, read: Lines) -> InputError:
    first = next(
        (f"row {row.row}: {row.why}" for row in read.skipped if row.lost), "no rows below the header"
    )
    return InputError(
        "not one line of this export could be read",
        where=grid.name,
        expected="at least one line with a date and an item",
        found=first,
        next_step="check the columns in mapping.toml",
    )


def _signs(
    grid: Grid, header: int, at: Mapping[str, int], given: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """What ¥ and $ mean in this export: as given, or as the other cells of its amounts tell."""
    columns = [at[name] for name in ("value", "price", "currency") if name in at]
    texts = [
        str(row[column])
        for row in grid.rows[header:]
        for column in columns
        if column < len(row) and row[column]
    ]
    signs, told = dict(given), []
    for sign in ("¥", "$"):
        used = [text for text in texts if sign in text.replace("￥", "¥") and not _lettered(text, sign)]
        if not used or sign in signs:
            continue
        named = {code for text in texts for code in several(sign) if find_in(text, code)}
        if sign == "$" or len(named) == 1:
            signs[sign] = "USD" if sign == "$" else named.pop()
            ground = (
                "US dollars, the usual reading" if sign == "$" else f"{signs[sign]}, named in other cells"
            )
            told.append(f"{sign} is read as {ground}; change it under [signs] in mapping.toml")
    return signs, told


def _lettered(text: str, sign: str) -> bool:
    """Whether letters before the sign already name the currency, as in US$ or CN¥."""
    at = text.replace("￥", "¥").find(sign)
    return at > 0 and text[at - 1].isalpha()


def find_in(text: str, code: str) -> bool:
    """Whether a text names the currency by code or name, signs of several currencies aside."""
    bare = "".join(sign for sign in text if not sign.isdigit() and sign not in "¥￥$.,' -+()").strip()
    return bool(bare) and find_currency(bare, {}) == code


def _declared(
    chosen: ColumnMap,
    grids: tuple[Grid, ...],
    path: Path | str | None,
    parties: Parties,
    date_order: str,
    signs: Mapping[str, str],
) -> tuple[Declared, Section | None]:
    """The supplier declarations of the export, or of a further file."""
    section = chosen.declarations
    if path is not None:
        grids = read_grids(Path(path))
        section = section or declaration_section(grids)
    if section is None:
        return Declared(), None
    section = settle(section, date_order=date_order)
    grid, header, at = locate(section, grids)
    found = read_declarations(grid, header, at, section, parties, signs)
    return found, replace(section, header_row=header, date_order=found.date_order or section.date_order)


def _items(lines: Iterable[Line], tables: Tables, declared: Declared) -> tuple[Item, ...]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.product, []).append(line)
    found = [_item(product, rows, tables) for product, rows in groups.items()]
    told = dict.fromkeys(str(row["product"]) for row in declared.rows)
    unsold = [
        Item(product, (), (), (), 0, triage("", "", tables)) for product in told if product not in groups
    ]
    return (*found, *unsold)


def _item(product: str, rows: list[Line], tables: Tables) -> Item:
    texts = tuple(dict.fromkeys(row.text for row in rows if row.text))
    chinese = [row.hs for row in rows if row.hs and row.start == "CN"]
    numbers = tuple(dict.fromkeys(row.hs for row in rows if row.hs))
    best = max(chinese or numbers, key=len, default="")
    answer = triage(best, " ".join(texts), tables, schedule="CN" if chinese else "")
    origins = tuple(dict.fromkeys(row.origin for row in rows if row.origin))
    return Item(product, texts, tuple(sorted(numbers, key=len, reverse=True)), origins, len(rows), answer)


def _tables(
    lines: list[Line], items: tuple[Item, ...], parties: Parties, declared: Declared, source: str
) -> dict[str, tuple[Row, ...]]:
    shipments: list[dict[str, object]] = []
    legs: list[dict[str, object]] = []
    ids: dict[str, int] = {}
    for line in lines:
        name = _shipment_id(line, ids)
        shipments.append(_shipment(name, line, parties))
        leg = {
            "shipment": name,
            "leg": 1,
            "day": line.day,
            "from_country": line.start,
            "to_country": line.end,
        }
        legs.append(leg)
    written = {
        "parties": [_party(party, names, source) for party, names in parties.spellings.items()],
        "products": [_product(item, source) for item in items],
        "declarations": declared.rows,
        "shipments": shipments,
        "legs": legs,
    }
    return {name: _rows(name, rows) for name, rows in written.items() if rows}


def _shipment_id(line: Line, ids: dict[str, int]) -> str:
    """An id that stays the same when the export is taken again: order number, then position."""
    order = as_id(line.names["shipment"])
    base = order or f"R{line.row:05d}"
    ids[base] = ids.get(base, 0) + 1
    return base if ids[base] == 1 else f"{base}-{ids[base]}"


def _shipment(name: str, line: Line, parties: Parties) -> dict[str, object]:
    notes = [line.names["note"], *line.doubts]
    return {
        "shipment": name,
        "product": line.product,
        "quantity": line.quantity,
        "unit": line.unit,
        "value": line.value,
        "currency": line.currency,
        "exporter": parties.add(line.names["seller"]),
        "consignee": parties.add(line.names["buyer"]),
        "end_user": parties.add(line.names["end_user"]),
        "end_use": line.names["end_use"],
        "note": "; ".join(note for note in notes if note),
    }


def _party(party: str, names: list[str], source: str) -> dict[str, object]:
    return {"party": party, "name": names[0], "other_names": "|".join(names[1:]), "note": f"from {source}"}


def _product(item: Item, source: str) -> dict[str, object]:
    notes = [f"triage: {item.triage.answer.value}"]
    notes += [f"codes to look at: {' '.join(item.triage.codes)}"] if item.triage.codes else []
    notes += [f"also {', '.join(item.texts[1:])}"] if len(item.texts) > 1 else []
    notes += ["named only in a declaration"] if not item.lines else []
    facts = {name: value for name, value in item.triage.facts.items() if name != "source"}
    return {
        "product": item.product,
        "name": item.texts[0] if item.texts else item.product,
        "hs": item.numbers[0] if item.numbers else "",
        "made_in": item.origins[0] if len(item.origins) == 1 else "",
        **facts,
        "source": item.triage.facts.get("source", f"from {source}"),
        "note": "; ".join(notes),
    }


def _rows(table: str, written: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    columns = schema()[table].columns
    return tuple(
        Row(
            {name: row.get(name) if row.get(name) != "" else None for name in columns}, f"{table}.csv", number
        )
        for number, row in enumerate(written, start=2)
    )
