"""Joins the parts of the programme: its database, its keys, its rules, and the law it asks."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from xenotime import wiring
from xenotime.core.clocks import parse_calendar
from xenotime.core.errors import InputError, StateError
from xenotime.law.read import packaged
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Profile
from xenotime.programme.read import profiles
from xenotime.report import certificate
from xenotime.seal.document import named
from xenotime.services.library import Library
from xenotime.services.programme.demo.exhibits import Exhibits, ended
from xenotime.services.programme.demo.story import Story, told
from xenotime.services.programme.office import Authority, Law, Office
from xenotime.services.programme.ports import Keys, Search
from xenotime.stores.database import open_store
from xenotime.stores.keys import KeyFolder, TestKeys

#: Who runs a programme that nobody configured: nobody real.
INVENTED = Authority(
    "Authority for Certified End Users (invented)",
    "认证最终用户主管机构（虚构）",
    "did:web:authority.example",
    "http://127.0.0.1:8765",
    invented=True,
)
_NAMED = ("name", "name_zh", "did", "url")
PROFILE = "cn-general"


@contextmanager
def office(
    database: str = "",
    folder: Path | None = None,
    *,
    profile: str = PROFILE,
    production: bool = False,
    demo: bool = False,
    url: str = "",
) -> Iterator[Office]:
    """The office over a database address, closed at the end; without one, a SQLite file in the folder.

    `folder` holds what the programme keeps beside its database (keys, `authority.toml`); the default is
    `programme` in the user's home. `demo`: the invented authority with test keys, whatever is configured.
    Raises InputError for a profile or an authority file that cannot be used, StateError for test keys in
    production.
    """
    place = folder or wiring.home() / "programme"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    who = INVENTED if demo else authority(place)
    if url and who.invented:
        who = replace(who, url=url, did=named(url))
    store = open_store(database or f"sqlite:///{place / 'programme.sqlite'}")
    try:
        yield Office(
            store,
            _keys(place, who, production=production, demo=demo),
            who,
            _profile(profile),
            parse_calendar(packaged("cn/calendar.csv")),
            libraries(),
            mint,
        )
    finally:
        store.close()


#: The key under which a demo notes that it was told to its end.
_TOLD = ("demo/told", "")


def demo(office: Office, at: datetime, tell: Callable[[str], object] = lambda _: None) -> Story | None:
    """Tells the demo's year into an empty office; one that was told it to the end is left as it is.

    Raises StateError for an office that holds something else: a year that was cut short.
    """
    office.store.migrate()
    with office.store.change() as change:
        whole = change.answered(*_TOLD) is not None
        begun = change.head()[0] > 0 or bool(change.find(Organisation, Search(limit=1)).items)
    if whole:
        return None
    if begun:
        raise StateError(
            "this folder holds no whole demo",
            where="--demo",
            expected="an empty folder or database, or a demo that was told to its end",
            found="one that was cut short, or other data",
            next_step="remove the folder `demo`, or name another with --home, and start again",
        )
    story = told(office, at, draw, tell)
    with office.store.change() as change:
        change.answer(*_TOLD, "whole")
    return story


def exhibits(folder: Path) -> Exhibits:
    """The demo told into a folder, to its end: a certificate used, suspended, and what verifies it."""
    now = wiring.clock().now()
    with office("", folder, demo=True) as made:
        made.store.migrate()
        shown = ended(told(made, now, draw))
        faces = {
            "certificate.html": certificate.html(made, shown.certificate.number, now).encode(),
            "certificate.pdf": certificate.pdf(made, shown.certificate.number, now),
        }
    return replace(shown, files={**shown.files, **faces})


def _keys(folder: Path, who: Authority, *, production: bool, demo: bool) -> Keys:
    if demo:
        return TestKeys(who.did, production=production)
    at = wiring.clock().now()
    return KeyFolder(folder / "keys", who.did, at, production=production, draw=draw)


def authority(folder: Path) -> Authority:
    """The authority that `authority.toml` in a folder names; without the file the invented one.

    Raises InputError for a file without `name`, `name_zh`, `did` and `url`.
    """
    file = folder / "authority.toml"
    if not file.exists():
        return INVENTED
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(file, str(error)[:200]) from error
    if sorted(told) != sorted(_NAMED) or not all(isinstance(v, str) and v.strip() for v in told.values()):
        raise _unusable(file, ", ".join(told) or "nothing")
    return Authority(told["name"], told["name_zh"], told["did"], told["url"].rstrip("/"), invented=False)


def mint(kind: str) -> str:
    """A new id that nobody can guess: its kind and 80 random bits."""
    return f"{kind}-{secrets.token_hex(10)}"


def draw(count: int) -> bytes:
    """Random bytes for keys, sessions and tokens."""
    return secrets.token_bytes(count)


def libraries() -> Law:
    """The law as known on a day, read again as soon as the user's notices, lists or decisions changed."""

    @lru_cache(maxsize=8)
    def read(known: date, jurisdiction: str, _state: tuple[tuple[str, int, int], ...]) -> Library:
        return wiring.library(known, jurisdiction=jurisdiction)

    return lambda known, jurisdiction="cn": read(known, jurisdiction, tuple(_state(wiring.home())))


def _state(home: Path) -> Iterator[tuple[str, int, int]]:
    """What tells that something in the home changed: names, sizes and times of its law and lists."""
    named = ("lists.sqlite", "lists.sqlite-wal", "records.sqlite", "records.sqlite-wal", "law")
    for path in (home / name for name in named):
        if path.exists():
            kept = path.stat()
            yield path.name, kept.st_size, kept.st_mtime_ns


def _profile(name: str) -> Profile:
    found = profiles()
    if name not in found:
        raise InputError(
            "no profile has this name", where="--profile", expected=", ".join(sorted(found)), found=name,
            next_step="choose one of these; docs/howto/change-the-programme.md says how to add one",
        )  # fmt: skip
    return found[name]


def _unusable(file: Path, found: str) -> InputError:
    return InputError(
        "this does not name an authority",
        where=file.name,
        expected="four texts: " + ", ".join(_NAMED),
        found=found,
        next_step="write them, or remove the file to run as the invented authority",
    )
