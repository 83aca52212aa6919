"""Letters to organisations: rendered once from a manifest's template in both languages, kept as sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from string import Formatter

from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case, Condition
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.casework import scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Page, Search, View
from xenotime.services.programme.turn import Turn, acted, allowed

#: What stands for something that a template names and nobody said, in English and Chinese.
NOTHING, NOTHING_ZH = "not stated", "未说明"


def send(made: Turn, case: Case, manifest: Manifest, template: str) -> Letter:
    """The letter of a template to the organisation of a case, kept as it reads now."""
    form = manifest.letter(template)
    organisation = made.change.get(Organisation, case.organisation)
    english, chinese = words(made, case, manifest, organisation)
    letter = Letter(
        made.office.mint("letter"),
        template,
        case.id,
        case.organisation,
        fill(form.title, english, NOTHING),
        fill(form.text, english, NOTHING),
        fill(form.title_zh, chinese, NOTHING_ZH),
        fill(form.text_zh, chinese, NOTHING_ZH),
        made.at,
    )
    made.change.add(letter)
    text = f"{letter.title}\n{letter.text}\n{letter.title_zh}\n{letter.text_zh}"
    said = {
        "template": template,
        "case": case.id,
        "text": made.veil(letter.id, case.organisation, "text", text),
    }
    made.note("letter.sent", letter.id, case.organisation, said)
    return letter


def words(
    made: Turn, case: Case, manifest: Manifest, organisation: Organisation
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What the placeholders of a template stand for, in English and in Chinese.

    Nobody is named: a letter is the authority's. `programme.casework.sound.PLACEHOLDERS` is what a template
    may name.
    """
    authority, subject = made.office.authority, scenes.subject_of(made.change, case.subject)
    until = subject.valid_until.isoformat() if isinstance(subject, (Certificate, Permit)) else ""
    both = {
        "case": case.id,
        "subject": case.subject,
        "date": made.at.date().isoformat(),
        "due": case.due.isoformat() if case.due else "",
        "until": until,
        "reason": case.reason,
        "conditions": "\n".join(f"- {c.says}" for c in case.conditions),
        "day": str(case.form.get("day") or ""),
        "appeal_days": str(made.office.profile.value("clock.appeal.days")),
    }
    ground, ground_zh = _ground(manifest, case)
    name = organisation.name
    english = {**both, "authority": authority.name, "organisation": name, "title": manifest.title}
    chinese = {**both, "authority": authority.name_zh, "title": manifest.title_zh}
    chinese["organisation"] = organisation.name_zh or name
    chinese["conditions"] = "\n".join(f"- {_zh(made, c)}" for c in case.conditions)
    return {**english, "denial": ground}, {**chinese, "denial": ground_zh}


def _zh(made: Turn, condition: Condition) -> str:
    """A condition in Chinese, as its line of the profile has it."""
    line = made.office.profile.lines.get(f"condition.{condition.id}")
    return line.says_zh if line is not None and line.says_zh else condition.says


def _ground(manifest: Manifest, case: Case) -> tuple[str, str]:
    """The ground of a refusal in words, as the event's choices have them."""
    chosen = str(case.form.get("denial", ""))
    fields = (f for m in manifest.moves for f in m.asks if f.id == "denial")
    found = next((c for f in fields for c in f.choices if c.id == chosen), None)
    return (found.title, found.title_zh) if found else ("", "")


def fill(template: str, words: Mapping[str, str], nothing: str) -> str:
    """A template with its placeholders filled; one that nobody said anything for reads as `nothing`.

    What is filled in is never read as a template again.

    >>> fill("Dear {organisation}, {reason}.", {"organisation": "Fern {case}"}, "not stated")
    'Dear Fern {case}, not stated.'
    """
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text)
        if name is not None:
            parts.append(words.get(name) or nothing)
    return "".join(parts)


def of(office: Office, actor: Actor, organisation: str, search: Search | None = None) -> Page:
    """The letters to an organisation, latest first. Raises AccessError for another's."""
    access.require(actor, "organisation.read", organisation)
    asked = search or Search(order="-sent")
    with office.store.view() as view:
        return view.find(Letter, replace(asked, where={**asked.where, "organisation": organisation}))


def read(office: Office, actor: Actor, letter: str, at: datetime) -> Letter:
    """A letter; it counts as read from now on if it is the organisation's own person who reads it."""

    def act(made: Turn) -> Letter:
        held = allowed(made.actor, "organisation.read", made.change.hold, Letter, letter)
        if actor.role != "applicant" or held.read is not None:
            return held
        kept = made.change.put(replace(held, read=at))
        made.note("letter.read", letter, held.organisation)
        return kept

    return acted(office, actor, at, act)


def unread(view: View, organisation: str) -> int:
    """How many letters an organisation has not read."""
    found = view.count(Letter, "organisation", {"organisation": organisation, "read": None})
    return found.get(organisation, 0)
