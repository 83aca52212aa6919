"""A manifest: everything one kind of case is made of, and the table of what may happen to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

#: What a field of a form may hold. `pick` chooses from what is kept (see `Field.of`); the kinds of `ROWS` are
#: lists of rows; `codes` is a list of control codes or words; `grams` maps element symbols to whole grams.
KINDS = (
    "text",
    "long",
    "choice",
    "choices",
    "date",
    "number",
    "grams",
    "country",
    "countries",
    "yes",
    "file",
    "pick",
    "sites",
    "uses",
    "owners",
    "products",
    "codes",
)

#: The columns of a field that holds rows: id, English, Chinese; the first of each kind is required.
ROWS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "sites": (
        ("name", "Name of the site", "场所名称"),
        ("address", "Full street address", "详细地址"),
        ("country", "Country", "国家"),
        ("purpose", "What is done there", "用途"),
    ),
    "uses": (
        ("code", "Control code", "管制编码"),
        ("description", "Description", "物项描述"),
        ("use", "What it is used for", "具体用途"),
    ),
    "owners": (
        ("name", "Owner", "所有者"),
        ("share", "Share in percent", "持股比例（%）"),
        ("country", "Country", "国家"),
        ("kind", "Kind of owner", "所有者类型"),
    ),
    "products": (
        ("name", "Product", "产品"),
        ("site", "Site", "场所"),
        ("end_use", "End use", "最终用途"),
        ("grams", "Grams of each element in one piece", "每件各元素克数"),
        ("yearly", "Pieces a year", "年产量（件）"),
    ),
}

#: What a `pick` field may choose from.
PICKS = (
    "sites",
    "products",
    "organisations",
    "users",
    "certificates",
    "licences",
    "shipments",
    "cases",
    "conditions",
)

#: Events that may leave a final state: the appeal against it, and giving back what was granted.
AFTERWARDS = ("appeal", "surrender")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice."""

    id: str
    title: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what it is called, what it holds, and where the question comes from.

    `of`: what a `pick` chooses from. `line`: the profile's line that asks for it. `tracks`: empty for both.
    `source` names the datum of the law it stands for.
    """

    id: str
    kind: str
    title: str
    title_zh: str
    required: bool = False
    says: str = ""
    says_zh: str = ""
    choices: tuple[Choice, ...] = ()
    of: str = ""
    line: str = ""
    source: str = ""
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a case: `finds` is the kind of finding that shows it was made; by vetting or a person."""

    id: str
    finds: str
    by: str
    title: str
    title_zh: str
    required: bool = True
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A flag that this kind of case may carry; `blocks`: no final decision while it stands."""

    id: str
    title: str
    title_zh: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock: `line` is the profile's line that holds its days; `stops`: in which states it does not count.

    While a flag of `unlimited` stands, it has no end.
    """

    id: str
    title: str
    title_zh: str
    line: str
    stops: tuple[str, ...] = ()
    unlimited: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A letter, with {placeholders} of `PLACEHOLDERS`."""

    id: str
    title: str
    title_zh: str
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class State:
    """A state: `waits_for` applicant | authority | time | "" ; `outcome` of a final one for the record."""

    id: str
    title: str
    title_zh: str
    start: bool = False
    final: bool = False
    waits_for: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: in `source`, on `event`, one of `roles` may go to `to` if every guard lets them.

    `asks` are the fields that the event needs. `effects` are names that `programme.casework.effects` knows.
    """

    source: str
    event: str
    roles: tuple[str, ...]
    to: str
    title: str
    title_zh: str
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    asks: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """A kind of case. `about` what it is for; `opens` who may open it; `subject` what a case is about.

    `queue` is where a submitted case goes. `editable`: states in which the form may be changed.
    """

    id: str
    title: str
    title_zh: str
    about: str
    about_zh: str
    queue: str
    opens: tuple[str, ...]
    subject: str = ""
    editable: tuple[str, ...] = ()
    source: str = ""
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    flags: tuple[Mark, ...] = ()
    clocks: tuple[Clock, ...] = ()
    letters: tuple[Template, ...] = ()
    states: tuple[State, ...] = ()
    moves: tuple[Move, ...] = field(default=())

    @cached_property
    def start(self) -> State:
        """The state in which a case begins."""
        return next(s for s in self.states if s.start)

    def state(self, name: str) -> State:
        """The state of a name."""
        return next(s for s in self.states if s.id == name)

    def clock(self, name: str) -> Clock:
        """The clock of a name."""
        return next(c for c in self.clocks if c.id == name)

    def letter(self, name: str) -> Template:
        """The letter of a name."""
        return next(t for t in self.letters if t.id == name)

    def asked(self, track: str) -> tuple[Field, ...]:
        """The fields of the form on a track."""
        return tuple(f for f in self.fields if not f.tracks or track in f.tracks)

    def checked(self, track: str) -> tuple[Check, ...]:
        """The checks made on a track."""
        return tuple(c for c in self.checks if not c.tracks or track in c.tracks)

    @cached_property
    def events(self) -> tuple[str, ...]:
        """Every event of the table, in the order of its first row."""
        return tuple(dict.fromkeys(m.event for m in self.moves))
