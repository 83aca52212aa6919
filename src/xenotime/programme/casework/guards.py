"""The guards of the tables: each looks at a case and its scene and says what is in the way, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xenotime.core.clocks import Calendar
from xenotime.programme.access import Actor, person
from xenotime.programme.casework import advice, clocks, criteria, forms, votes
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.effects import split
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Profile


@dataclass(frozen=True, slots=True)
class Scene:
    """What a guard may look at besides the case; the services fill it.

    `on`: the day at the authority. `subject`: the state of what the case is about (active | suspended |
    revoked | expired | surrendered | exhausted, or the state of a case). `decided`: the day that an appeal
    counts from, if it is not the day on which the case came into its state. `lot`: 0 to 9999, drawn from a
    keyed hash of the case's id; below 0: not drawn, and then the case counts as sampled. `cures`: open duties
    of kind cure about the case's subject. `involved`: the signs of all who took part in the case that an
    appeal is about. `reviews`: how each review on site that the case opened ended ("": not yet).
    """

    profile: Profile
    calendar: Calendar
    on: date
    organisation: Organisation | None = None
    subject: str = ""
    decided: date | None = None
    lot: int = -1
    cures: int = 0
    involved: frozenset[str] = frozenset()
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """What stands in the way of a move: the guard, and its words in both languages."""

    guard: str
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a guard is asked about; `argument` is what its name carries after the colon."""

    manifest: Manifest
    case: Case
    actor: Actor
    scene: Scene
    argument: str


Guard = Callable[[Asked], tuple[str, str] | None]


def look(
    names: tuple[str, ...], manifest: Manifest, case: Case, actor: Actor, scene: Scene
) -> tuple[Stop, ...]:
    """Everything that stands in the way, in the order of the guards' names."""
    found = []
    for name in names:
        guard, argument = split(name)
        words = GUARDS[guard](Asked(manifest, case, actor, scene, argument))
        if words is not None:
            found.append(Stop(name, *words))
    return tuple(found)


def _complete(asked: Asked) -> tuple[str, str] | None:
    """Every required field of the form is answered."""
    missing = forms.missing(asked.manifest, asked.case)
    if not missing:
        return None
    return (
        f"the form is not complete: {'; '.join(f.title for f in missing)}",
        f"表格未填完：{'；'.join(f.title_zh for f in missing)}",
    )


def _answered(asked: Asked) -> tuple[str, str] | None:
    """No question to the applicant is open."""
    open_queries = [q.id for q in asked.case.queries if q.closed is None]
    if not open_queries:
        return None
    return (
        f"questions to the applicant are open: {', '.join(open_queries)}",
        f"尚有未答复的问询：{'、'.join(open_queries)}",
    )


def _unblocked(asked: Asked) -> tuple[str, str] | None:
    """No blocking flag stands."""
    standing = [f for f in asked.case.flags if f.blocks and f.lowered is None]
    if not standing:
        return None
    return (
        f"flags block the decision: {'; '.join(f.says for f in standing)}",
        f"有阻止决定的标记：{'；'.join(f.says for f in standing)}",
    )


def _checked(asked: Asked) -> tuple[str, str] | None:
    """Every required check of the track left a finding."""
    made = {f.kind for f in asked.case.findings}
    left = [c for c in asked.manifest.checked(asked.case.track) if c.required and c.finds not in made]
    if not left:
        return None
    return (
        f"checks are not made: {'; '.join(c.title for c in left)}",
        f"尚有未完成的核查：{'；'.join(c.title_zh for c in left)}",
    )


def _settled(asked: Asked) -> tuple[str, str] | None:
    """Every finding that is a concern or a stop was settled by a person."""
    left = [f for f in asked.case.findings if f.weight in ("concern", "stop") and not f.settled]
    if not left:
        return None
    ids = [f.id for f in left]
    return f"findings are not settled: {', '.join(ids)}", f"尚有未处理的核查结果：{'、'.join(ids)}"


def _eligible(asked: Asked) -> tuple[str, str] | None:
    """Every criterion of the profile is met by the form."""
    unmet = criteria.unmet(asked.case, asked.scene.profile, asked.scene.organisation)
    if not unmet:
        return None
    return (
        f"criteria are not met: {'; '.join(line.says for line in unmet)}",
        f"不符合条件：{'；'.join(line.says_zh or line.says for line in unmet)}",
    )


def _advised(asked: Asked) -> tuple[str, str] | None:
    """Advice stands at every level, countersigned where it must be, and the last says the argument."""
    return advice.missing(asked.case, asked.scene.profile, asked.argument)


def _voted(asked: Asked) -> tuple[str, str] | None:
    """The bodies carried the matter."""
    return votes.missing(asked.case, asked.scene.profile, asked.argument)


def _outvoted(asked: Asked) -> tuple[str, str] | None:
    """The matter can no longer be carried, or needs no vote."""
    return votes.undecided(asked.case, asked.scene.profile, asked.argument)


def _persons(asked: Asked) -> tuple[str, str] | None:
    """As many different persons as the profile asks stand behind the act, the actor among them."""
    need = int(asked.scene.profile.value(f"{asked.case.track}.persons.{asked.argument}"))
    have = advice.persons(asked.case, asked.actor.sign)
    if need <= len(have):
        return None
    return (
        (
            f"this takes {need} different persons: final advice, its countersignature and the act "
            f"may not all be of one person; so far {len(have)}"
        ),
        f"须由{need}名不同人员完成：最终意见、会签与决定不得由同一人作出；目前{len(have)}人",
    )


def _inspected(asked: Asked) -> tuple[str, str] | None:
    """A sampled case was looked at on site; a lowered flag frees it only where the profile allows.

    The last review that the case opened and that has ended must not have ended badly.
    """
    ended = [end for end in asked.scene.reviews if end not in ("", "cancelled")]
    if ended and ended[-1] in ("failed", "refused_entry"):
        return "the review on site that this case opened was not passed", "本案启动的现场核查未通过"
    waived = asked.scene.profile.value(f"{asked.case.track}.sample.waive") is True
    drawn = [f for f in asked.case.flags if f.id.partition(".")[0] == "sampled"]
    sampled = any(f.lowered is None or not waived for f in drawn)
    if not sampled or any(s.event == "site_checked" for s in asked.case.steps):
        return None
    return "the case was drawn for a check on site, which is not made", "本案已被抽中现场核查，尚未完成"


def _subject(asked: Asked) -> tuple[str, str] | None:
    """What the case is about is in the state that the argument names."""
    if asked.scene.subject in asked.argument.split("|"):
        return None
    found = asked.scene.subject or "not known"
    return (
        f"what the case is about is {found}, not {asked.argument}",
        f"本案标的状态为{found}，而非{asked.argument}",
    )


def _registered(asked: Asked) -> tuple[str, str] | None:
    """The organisation is active."""
    if asked.scene.organisation is not None and asked.scene.organisation.state == "active":
        return None
    return "the organisation is not an active member of the programme", "该单位尚未在本计划内登记生效"


def _timely(asked: Asked) -> tuple[str, str] | None:
    """The appeal comes within the days that the profile gives."""
    entered = [s.at for s in asked.case.steps if s.to == asked.case.state and s.source != s.to]
    decided = asked.scene.decided or (entered[-1].date() if entered else None)
    days = int(asked.scene.profile.value("clock.appeal.days"))
    if decided is not None and (asked.scene.on - decided).days <= days:
        return None
    return f"an appeal is open for {days} days after the decision", f"申诉须在决定之日起{days}日内提出"


def _heard(asked: Asked) -> tuple[str, str] | None:
    """The holder gave a statement, or the time for it is over."""
    if any(s.event in ("state", "close_hearing") for s in asked.case.steps):
        return None
    clock = next((c for c in asked.manifest.clocks if c.id == "hearing"), None)
    if clock is not None:
        reading = clocks.read(clock, asked.case, asked.scene.profile, asked.scene.calendar, asked.scene.on)
        if reading.over:
            return None
    return "the holder has not been heard yet, and the time for it runs", "当事人尚未陈述意见，且陈述期限未满"


def _overdue(asked: Asked) -> tuple[str, str] | None:
    """The clock that the argument names has run out."""
    clock = asked.manifest.clock(asked.argument)
    reading = clocks.read(clock, asked.case, asked.scene.profile, asked.scene.calendar, asked.scene.on)
    if reading.over:
        return None
    return f"the clock {clock.title} has not run out", f"“{clock.title_zh}”期限未满"


def _cured(asked: Asked) -> tuple[str, str] | None:
    """Every shortcoming that a review found is cured."""
    if asked.scene.cures == 0:
        return None
    return f"{asked.scene.cures} shortcoming(s) are not cured", f"尚有{asked.scene.cures}项问题未整改"


def _flagged(asked: Asked) -> tuple[str, str] | None:
    """A flag that the argument names stands."""
    if any(f.id.partition(".")[0] == asked.argument and f.lowered is None for f in asked.case.flags):
        return None
    return f"the flag {asked.argument} does not stand", f"标记{asked.argument}未设立"


def _unflagged(asked: Asked) -> tuple[str, str] | None:
    """A flag that the argument names does not stand."""
    if _flagged(asked) is not None:
        return None
    return f"the flag {asked.argument} stands", f"标记{asked.argument}仍有效"


def _unappealed(asked: Asked) -> tuple[str, str] | None:
    """No appeal was made before."""
    if all(s.event != "appeal" for s in asked.case.steps):
        return None
    return "one appeal was made already", "已提出过申诉"


def _track(asked: Asked) -> tuple[str, str] | None:
    """The case is on the track that the argument names."""
    if asked.case.track == asked.argument:
        return None
    return f"this is for the {asked.argument} track", "本操作不适用于该通道"


def _allowed(asked: Asked) -> tuple[str, str] | None:
    """The profile's line `<track>.<argument>` is true."""
    if asked.scene.profile.value(f"{asked.case.track}.{asked.argument}") is True:
        return None
    return (
        f"the profile does not allow this on the {asked.case.track} track",
        "所用方案不允许该通道进行此操作",
    )


def _urgent(asked: Asked) -> tuple[str, str] | None:
    """The track suspends first, or the risk is flagged as plain."""
    first = asked.scene.profile.value(f"{asked.case.track}.suspend_first") is True
    if first or any(f.id.partition(".")[0] == "plain_risk" and f.lowered is None for f in asked.case.flags):
        return None
    return (
        "the holder is heard first, unless the flag of a plain risk stands",
        "除已标记风险明显外，应先听取当事人陈述",
    )


def _impartial(asked: Asked) -> tuple[str, str] | None:
    """The actor took no part in the decision that the appeal is about."""
    if asked.actor.id not in {person(sign) for sign in asked.scene.involved}:
        return None
    return "somebody who took no part in the decision does this", "须由未参与原决定的人员办理"


def _referred(asked: Asked) -> tuple[str, str] | None:
    """The case is about a shipment that was asked about."""
    if asked.case.subject:
        return None
    return "the notice is about no shipment that was referred", "本通知不涉及转审的发货"


def _other(asked: Asked) -> tuple[str, str] | None:
    """The actor is not the one who opened the case."""
    if asked.actor.id != person(asked.case.opened_by):
        return None
    return "another person than the one who opened the case does this", "须由开案人以外的人员办理"


GUARDS: MappingProxyType[str, Guard] = MappingProxyType(
    {
        "complete": _complete,
        "answered": _answered,
        "unblocked": _unblocked,
        "checked": _checked,
        "settled": _settled,
        "eligible": _eligible,
        "advised": _advised,
        "voted": _voted,
        "outvoted": _outvoted,
        "persons": _persons,
        "inspected": _inspected,
        "subject": _subject,
        "registered": _registered,
        "timely": _timely,
        "heard": _heard,
        "overdue": _overdue,
        "cured": _cured,
        "flagged": _flagged,
        "unflagged": _unflagged,
        "unappealed": _unappealed,
        "track": _track,
        "allowed": _allowed,
        "urgent": _urgent,
        "impartial": _impartial,
        "referred": _referred,
        "other": _other,
    }
)
