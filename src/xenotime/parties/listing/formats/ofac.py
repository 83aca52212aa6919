"""OFAC's SDN and consolidated lists as delimited files: the primary file with its companions.

The files have no header and are told apart by their width: 12 columns are the entries (sdn.csv,
cons_prim.csv), 5 the further names (alt), 6 the addresses (add), 2 the continued remarks (comments).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.formats.delimited import rows
from xenotime.parties.listing.formats.draft import Draft, limit
from xenotime.parties.listing.formats.numbers import noted
from xenotime.parties.listing.formats.source import Source
from xenotime.parties.listing.reading import About

TITLE = "OFAC sanctions list"
AUTHORITY = "US Treasury Department, OFAC"
_KINDS = {"": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_ALIAS = re.compile(r"(?:alt\. )?([afn])\.k\.a\. '(.+)'$")
_NATION = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+?)\.?$")
_EMPTY = "-0-"
_PRIMARY, _ADDRESS, _ALT, _COMMENT = 12, 6, 5, 2


def drafts(sources: Sequence[Source], findings: list[Problem]) -> Iterator[Draft]:
    """The entries of the primary file, completed by its companions.

    Raises InputError when no file has entries, or a row has another width than its file.
    """
    found: dict[str, Draft] = {}
    rest: list[tuple[str, int, list[str]]] = []
    for source in sources:
        for line, cells in rows(source, separator(source)):
            clean = ["" if c.strip() == _EMPTY else c.strip() for c in cells]
            if len(clean) == _PRIMARY:
                found[_free(clean[0], found)] = _draft(clean, line)
                limit(len(found), line)
            elif len(clean) in (_ADDRESS, _ALT, _COMMENT):
                rest.append((source.name, line, clean))
                limit(len(rest) // 4, line)
            else:
                raise _width(source, line, len(clean))
    if not found:
        raise _alone(sources)
    orphans = [where for where in rest if not _complete(found, where[2])]
    if orphans:
        findings.append(_orphaned(orphans))
    yield from found.values()


def about(source: Source) -> About:
    """What the file is; it does not say its day."""
    del source
    return About(None, TITLE, AUTHORITY)


def separator(source: Source) -> str:
    """The sign between the cells of a file: comma, or the ``|`` or ``@`` of OFAC's other editions.

    Raises InputError when the file does not begin with an entry number.
    """
    found = re.match(r'"?\d+"?\s*([,|@])', source.opening())
    if not found:
        raise InputError(
            "this is no OFAC list",
            where=f"{source.name}, line 1",
            expected="rows that begin with an entry number",
            found=source.opening()[:40],
            next_step="name the format with --format; nothing was changed",
        )
    return found[1]


def _free(key: str, found: dict[str, Draft]) -> str:
    """A place for an entry: its number, or, when that is taken, the number with a mark."""
    return key if key not in found else f"{key} again {len(found)}"


def _draft(cells: list[str], line: int) -> Draft:
    number, name, kind, programmes, _title, call, _type, _tons, _gross, flag, owner, remarks = cells
    made = Draft(number, line, _KINDS.get(kind.lower(), "unknown"), AUTHORITY)
    made.name(name)
    made.programme(*re.split(r"\]\s*\[|;", programmes.strip("[] ")))
    if made.kind == "vessel":
        made.land(flag)
        made.remark(f"call sign {call}" if call else "")
        made.remark(f"owner {owner}" if owner else "")
    _remarks(made, remarks)
    return made


def _remarks(made: Draft, text: str) -> None:
    """Take names, nationalities and identifiers out of the remarks, and keep what remains."""
    for part in (p.strip().removesuffix(".") for p in text.split(";")):
        if alias := _ALIAS.match(part):
            made.name(alias[2], "former" if alias[1] == "f" else "weak")
        elif nation := _NATION.match(part):
            made.land(nation[1])
        elif number := noted(part):
            made.identifiers.add(number)
        else:
            made.remark(part)


def _complete(found: dict[str, Draft], cells: list[str]) -> bool:
    """Whether a row of a companion file found its entry."""
    made = found.get(cells[0])
    if made is None:
        return False
    if len(cells) == _ALT:
        made.name(cells[3], "former" if cells[2].lower() == "fka" else "strong")
    elif len(cells) == _ADDRESS:
        if made.kind != "person":
            made.land(cells[4])
        made.address(*cells[2:5])
    else:
        _remarks(made, cells[1])
    return True


def _orphaned(orphans: Sequence[tuple[str, int, list[str]]]) -> Problem:
    name, line, cells = orphans[0]
    return Problem(
        f"{len(orphans)} rows of companion files belong to no entry",
        f"{name}, line {line}",
        "files of the same day",
        f"entry {cells[0]} is not in the primary file",
        "fetch all files of the list again, together",
        "warning",
    )


def _width(source: Source, line: int, width: int) -> InputError:
    return InputError(
        "a row of this OFAC file has another width",
        where=f"{source.name}, line {line}",
        expected="12, 6, 5 or 2 cells",
        found=str(width),
        next_step="fetch the file again; nothing was changed",
    )


def _alone(sources: Sequence[Source]) -> InputError:
    return InputError(
        "this OFAC file completes another",
        where=", ".join(s.name for s in sources),
        expected="the primary file (sdn.csv or cons_prim.csv) beside it",
        found="no row of 12 cells",
        next_step="give the primary file first: `xenotime lists add sdn.csv alt.csv add.csv --name …`",
    )
