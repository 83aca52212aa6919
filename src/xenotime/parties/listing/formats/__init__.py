"""The formats party lists come in: which there are, how a file tells its own, and reading one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.formats import (
    bis,
    csl,
    denied,
    digest,
    ftm,
    meti,
    ofac,
    plain,
    registry,
    sdn,
    un,
)
from xenotime.parties.listing.formats.draft import Draft, settle
from xenotime.parties.listing.formats.source import Source, Stream
from xenotime.parties.listing.lines import calm
from xenotime.parties.listing.reading import About, Reading

__all__ = ["FORMATS", "Format", "Source", "Stream", "read", "sniff"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, and how its beginning looks (a regular expression, case ignored)."""

    name: str
    what: str
    looks: str


_XML = r"(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*|<!DOCTYPE.*?>\s*)*<"
#: Every format, the surest to recognise first.
FORMATS: tuple[Format, ...] = (
    Format("sdn-xml", "OFAC SDN or consolidated list, XML", _XML + r"(\w+:)?sdnList\b"),
    Format("un-xml", "UN Security Council consolidated list, XML", _XML + r"(\w+:)?CONSOLIDATED_LIST\b"),
    Format(
        "csl-compact",
        "US Consolidated Screening List, compact JSON copy",
        r'\{.*?"sourceGeneratedAt"',
    ),
    Format(
        "csl-json",
        "US Consolidated Screening List, JSON",
        r'(\{\s*"(search_performed_at|sources|results|total)"|\[\s*\{.*?"source_list_url")',
    ),
    Format(
        "registry",
        "public registry copy of METI, MOFCOM and other lists, JSON",
        r'(\{\s*"entities"\s*:\s*)?\[\s*\{[^{}]*"(entity_name|last_verified|source_list_name)"',
    ),
    Format("ftm", "FollowTheMoney entities, JSON lines", r'\{[^\n]*"(schema|properties)"\s*:'),
    Format("csl-csv", "US Consolidated Screening List, CSV", r'"?(_id"?,"?)?source"?,"?entity_number"?,'),
    Format(
        "bis",
        "BIS Entity List, MEU or Unverified List, State ISN or ITAR debarred, CSV",
        r'"?(source list"?,|country"?,"?name"?,"?address|party name"?,"?date of birth)',
    ),
    Format("denied", "BIS Denied Persons List, tab-separated", r'"?name"?\t"?street_address'),
    Format(
        "ofac",
        "OFAC SDN or consolidated list, CSV with its alt and add files",
        r'"?\d+"?\s*[,|@]\s*"?[^\n]*(-0-|"(aka|fka|nka)")',
    ),
    Format(
        "meti",
        "METI foreign end user list, table as CSV",
        r"[^{}<]{0,400}?(国名|country or region)[^{}<]{0,400}?(企業|company or)",
    ),
    Format("plain", "plain CSV with documented columns", r'"?[^\W\d<{\[][^\n]*(\n|$)'),
)


def sniff(source: Source, usual: str = "") -> str:
    """The name of the format a file begins like; `usual` where only the plain CSV would do.

    Raises InputError when the file is empty or like no format.
    """
    opening = source.opening()
    if not opening.strip("\x1a \r\n\t"):
        raise InputError(
            "this file is empty",
            where=source.name,
            expected="a party list",
            found=f"{len(source.head)} bytes, none of them text",
            next_step="fetch the file again; nothing was changed",
        )
    for format_ in FORMATS:
        if re.match(format_.looks, opening[:4000], re.IGNORECASE | re.DOTALL):
            return usual or format_.name if format_.name == "plain" else format_.name
    if usual:
        return usual
    raise _unlike(source, opening)


def read(
    files: Sequence[tuple[str, Stream]],
    list_id: str,
    format_: str = "",
    encoding: str = "",
    usual: str = "",
) -> Reading:
    """The list in a file, or in several files of one list (only OFAC's delimited one has several).

    Without `format_` it is told from the beginning of the file; `usual` is the format it had before.

    Raises InputError for an unknown format, for a file that is empty, cut off, too large or not of the
    format, and for a list without any entry. What is odd but can be used is a finding of the reading.
    """
    sources = [Source(stream, name, encoding) for name, stream in files]
    first = sources[0]
    name = _known(format_) if format_ else sniff(first, usual)
    if len(sources) > 1 and name != "ofac":
        raise _several(sources, name)
    told: list[About] = []
    findings: list[Problem] = []
    drafts = _drafts(name, sources, told, findings)
    with calm():
        entries, odd = settle(drafts, list_id, first.name)
    if not entries:
        raise _nothing(first, name)
    about = told[-1] if told else _ABOUT[name](first)
    if not all(source.whole for source in sources):
        findings.append(_unended(first))
    return Reading(
        entries, (*about.findings, *findings, *odd), about.as_of, about.title, about.authority, name
    )


_ABOUT: dict[str, Callable[[Source], About]] = {
    "csl-json": csl.about,
    "csl-csv": csl.about,
    "bis": bis.about,
    "denied": denied.about,
    "ofac": ofac.about,
    "meti": meti.about,
    "plain": plain.about,
}
_SIMPLE: dict[str, Callable[[Source], Iterable[Draft]]] = {
    "csl-json": csl.drafts,
    "csl-csv": csl.rows,
    "bis": bis.drafts,
    "denied": denied.drafts,
    "meti": meti.drafts,
    "plain": plain.drafts,
}
_TELLING: dict[str, Callable[[Source, list[About]], Iterator[Draft]]] = {
    "sdn-xml": sdn.drafts,
    "un-xml": un.drafts,
    "csl-compact": digest.drafts,
    "registry": registry.drafts,
}


def _drafts(
    name: str, sources: Sequence[Source], told: list[About], findings: list[Problem]
) -> Iterable[Draft]:
    if name == "ofac":
        return ofac.drafts(sources, findings)
    if name == "ftm":
        return ftm.drafts(sources[0], told, findings)
    if name in _TELLING:
        return _TELLING[name](sources[0], told)
    return _SIMPLE[name](sources[0])


def _known(name: str) -> str:
    if name not in {f.name for f in FORMATS}:
        raise InputError(
            "there is no such list format",
            where="--format",
            expected=", ".join(f.name for f in FORMATS),
            found=name,
            next_step="leave --format out to have it recognised",
        )
    return name


def _unlike(source: Source, opening: str) -> InputError:
    return InputError(
        "this file is like no list format",
        where=source.name,
        expected="; ".join(f"{f.name}: {f.what}" for f in FORMATS),
        found=opening[:60].splitlines()[0] if opening.strip() else "nothing",
        next_step="name the format with --format, or make a plain CSV with a column `name`",
    )


def _several(sources: Sequence[Source], name: str) -> InputError:
    return InputError(
        "a list of this format is one file",
        where=", ".join(s.name for s in sources),
        expected="one file; only OFAC's delimited list has several",
        found=f"{len(sources)} files, the first like {name}",
        next_step="add each file as a list of its own",
    )


def _nothing(source: Source, name: str) -> InputError:
    return InputError(
        "this list has no entry",
        where=source.name,
        expected=f"at least one party in the format {name}",
        found="none",
        next_step="check the file and its format; nothing was changed",
    )


def _unended(source: Source) -> Problem:
    return Problem(
        "the last line does not end with a line break, so the file may be cut off",
        source.name,
        next_step="compare the file with its publisher's",
        severity="warning",
    )
