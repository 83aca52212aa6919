"""Which kinds of things the store keeps, and by which columns each is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Index, Table
from sqlalchemy import text as sql

from xenotime.core.canon import restored
from xenotime.programme.account import Account, Session, Tally, Token
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.vetted import Vetted
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return
from xenotime.programme.oversight.statistics import Publication
from xenotime.programme.salt import Salt
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.shipping.usage import Delivery, Used
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.programme.trust.roll import Roll
from xenotime.stores.database.cells import cell, folded, whole_cell, words
from xenotime.stores.database.schema import metadata, text, whole

T = TypeVar("T")
#: The longest body whose thing is remembered [characters], and how many are.
_LONG, _MANY = 8192, 2048


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """Where one kind of thing is kept: a table with its columns and the whole thing as canonical JSON.

    `columns`: paths of fields ("opened", "shipment.certificate", the last word names the column); `wholes`:
    those of whole numbers, `folds`: those compared without case; `many`: fields with many values, found by
    any of them; `names`: fields whose words `Search.text` finds; `indexes`: columns by which lists are read;
    `unique`: sets of columns that no two things share (empty text apart); `drops` says what may be removed.
    `shared`: many changes hold one thing at once, and who wants it alone must not be overtaken.
    """

    kind: type[T]
    name: str
    columns: str
    wholes: str = ""
    folds: str = ""
    many: str = ""
    names: str = ""
    indexes: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    order: str = "id"
    shared: bool = False
    drops: Callable[[Any], bool] = lambda _: False

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Column -> path of the field it shows."""
        return {path.rpartition(".")[2]: path for path in self.columns.split()}

    @cached_property
    def lists(self) -> Mapping[str, str]:
        """Field with many values -> its path."""
        return {path.rpartition(".")[2]: path for path in self.many.split()}

    @cached_property
    def table(self) -> Table:
        """The table, made once in the shared metadata."""
        shown: list[Column[Any]] = [whole(n) if n in self.wholes.split() else text(n) for n in self.paths]
        plain = [Index(f"{self.name}_{i.replace(' ', '_')}", *i.split(), "id") for i in self.indexes]
        alone = [self._unique(u) for u in self.unique]
        return Table(
            self.name, metadata, text("id", key=True), whole("version"), *shown, text("thing"), *plain, *alone
        )

    def _unique(self, named: str) -> Index:
        first = sql(f"{named.split(maxsplit=1)[0]} <> ''")
        return Index(
            f"{self.name}_one_{named.replace(' ', '_')}",
            *named.split(),
            unique=True,
            sqlite_where=first,
            postgresql_where=first,
        )

    def cell(self, column: str, value: object) -> str | int:
        """A value as the column keeps it. Raises InputError for what no column can hold."""
        if column in self.wholes.split():
            return whole_cell(value, f"{self.name}.{column}")
        return folded(cell(value)) if column in self.folds.split() else cell(value)

    def row(self, thing: T) -> dict[str, str | int]:
        """The columns of a thing, without id, version and body."""
        return {name: self.cell(name, _at(thing, path)) for name, path in self.paths.items()}

    def read(self, body: str) -> T:
        """The thing of a body: one object for one text while it is remembered, for nothing changes a thing.

        Raises InputError for a body that no release wrote.
        """
        if len(body) > _LONG:
            return restored(self.kind, body)
        found: T = _parsed(self.name, body)
        return found

    def terms(self, thing: T) -> frozenset[tuple[str, str]]:
        """Every (field, value) that a thing is found by beside its columns."""
        said = (str(v) for path in self.names.split() for v in _all(_at(thing, path)))
        named = {("", word) for word in words(said)}
        listed = {(f, cell(v)) for f, path in self.lists.items() for v in _all(_at(thing, path))}
        return frozenset(named | listed)


@lru_cache(maxsize=_MANY)
def _parsed(shelf: str, body: str) -> Any:  # noqa: ANN401 - a thing of the shelf's kind
    return restored(TABLES[shelf].kind, body)


def _at(thing: object, path: str) -> Any:  # noqa: ANN401 - a field holds any value
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing


def _all(value: object) -> Iterator[Any]:
    yield from value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def _draft(thing: Any) -> bool:  # noqa: ANN401 - a thing of any shelf
    return bool(thing.state == "draft")


_SHELVES: tuple[Shelf[Any], ...] = (
    Shelf(
        Organisation, "organisations", "name country role state track created lei uscc steps", wholes="steps",
        folds="name",
        many="agents", names="id name name_zh other_names lei uscc", order="created", drops=_draft,
        indexes=("created", "name", "state created", "track created", "lei", "uscc"),
    ),
    Shelf(
        Case, "cases", "kind track state organisation subject parent queue officer due opened closed outcome",
        names="id title organisation", order="opened", drops=_draft,
        indexes=(
            "opened", "organisation opened", "state opened", "kind opened", "queue opened", "officer opened",
            "subject", "parent", "due", "closed state", "closed track", "closed kind", "closed queue",
            "closed officer",
        ),
    ),
    Shelf(
        Account, "accounts", "email role state organisation body subject invite created", folds="email",
        names="email name", order="created", indexes=("created", "organisation", "role", "invite"),
        unique=("email", "subject"),
    ),
    Shelf(Session, "sessions", "account created seen", indexes=("account", "seen"), drops=lambda _: True),
    Shelf(Token, "tokens", "account created expires", indexes=("account", "expires"), drops=lambda _: True),
    Shelf(
        Certificate, "certificates",
        "number serial organisation track state valid_from valid_until issued case", wholes="serial",
        many="scope.sites scope.items scope.end_uses scope.countries", names="id number", order="issued",
        indexes=("issued", "organisation issued", "state issued", "case", "valid_until"),
        unique=("number serial",), shared=True,
    ),
    Shelf(
        Permit, "permits", "number kind exporter state valid_from valid_until issued case",
        many="users items", names="id number", order="issued",
        indexes=("issued", "exporter issued", "state issued", "case", "valid_until"), unique=("number",),
    ),
    Shelf(
        Duty, "duties", "kind organisation subject due state opened step", wholes="step", order="due",
        indexes=("due", "organisation due", "state due", "subject"),
    ),
    Shelf(
        Verdict, "verdicts",
        "answer state organisation shipment.certificate shipment.licence shipment.exporter shipment.end_user"
        " shipment.site shipment.on reservation expires at by leaf",
        wholes="leaf", order="at",
        indexes=(
            "at", "answer at", "organisation at", "organisation answer at", "certificate at", "licence at",
            "exporter at", "end_user at", "state at", "state expires", "reservation",
        ),
    ),
    Shelf(
        Letter, "letters", "template case organisation sent read", names="title title_zh", order="sent",
        indexes=("sent", "organisation sent", "case"),
    ),
    Shelf(Roll, "rolls", ""),
    Shelf(Publication, "publications", "at", order="at", indexes=("at",)),
    Shelf(Tally, "tallies", "until", indexes=("until",), drops=lambda _: True),
    Shelf(
        Return, "returns", "organisation year filed state", wholes="year", order="filed",
        indexes=("filed", "organisation year", "year filed", "state filed"),
    ),
    Shelf(
        Used, "used", "batch run shipment organisation certificate on at outcome reason", wholes="run",
        order="at",
        indexes=(
            "at", "shipment outcome", "outcome at", "outcome on", "organisation at", "certificate at",
            "batch",
        ),
    ),
    Shelf(Delivery, "deliveries", "run at", wholes="run", order="run", indexes=("run", "at")),
    Shelf(Vetted, "vetted", "organisation case at", order="at", indexes=("at", "organisation at", "case")),
    Shelf(Salt, "salts", "subject organisation", indexes=("subject", "organisation"), drops=lambda _: True),
)  # fmt: skip

#: Kind of thing -> its shelf.
SHELVES: Mapping[type[Any], Shelf[Any]] = {shelf.kind: shelf for shelf in _SHELVES}
#: Name of a table -> its shelf; making it makes every table.
TABLES: Mapping[str, Shelf[Any]] = {shelf.table.name: shelf for shelf in _SHELVES}


def shelf_of(kind: type[T]) -> Shelf[T]:
    """The shelf of a kind. Raises TypeError for a kind that the store does not keep."""
    found = SHELVES.get(kind)
    if found is None:
        message = f"the store keeps no {kind.__name__}: give it a shelf in stores/database/shelves.py"
        raise TypeError(message)
    return found
