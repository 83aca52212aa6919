"""Who may do what to whose thing: the one table of rights, and the one question asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from xenotime.core.errors import AccessError

#: Everyone has exactly one role. `system` is the programme's own timed work.
ROLES = ("public", "applicant", "officer", "approver", "auditor", "customs", "operator", "system")
#: How far a right reaches: things of one's own organisation, or any.
OWN, ANY = "own", "any"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `organisation` is whose account it is, "" for the authority's own people.

    `body` is the office an approver votes for. `scopes`: verbs an API token is cut down to; None: a person
    in a session, who may do all that the role may. `fresh`: signed in again a moment ago, for acts that
    ask it.
    """

    id: str
    role: str
    organisation: str = ""
    body: str = ""
    scopes: frozenset[str] | None = None
    fresh: bool = False

    @property
    def sign(self) -> str:
        """How the log names the actor: role and account id, never a person's name."""
        return f"{self.role}:{self.id}"


def person(sign: str) -> str:
    """Who stands behind a sign, whatever role they had when they signed: another role is no other person.

    >>> person("officer:A17") == person("approver:A17"), person("")
    (True, '')
    """
    return sign.partition(":")[2] or sign


SYSTEM = Actor("system", "system")
PUBLIC = Actor("public", "public")

_EVERYBODY = "public:any applicant:any officer:any approver:any auditor:any customs:any operator:any"
#: verb -> role -> reach. What is not here is refused.
RIGHTS: MappingProxyType[str, MappingProxyType[str, str]] = MappingProxyType(
    {
        verb: MappingProxyType(dict(pair.split(":") for pair in roles.split()))
        for verb, roles in {
            "register.read": _EVERYBODY,
            "statistics.read": _EVERYBODY,
            "log.read": _EVERYBODY,
            "log.entries": "auditor:any",
            "assess.run": "applicant:any officer:any approver:any auditor:any",
            "organisation.read": "applicant:own officer:any approver:any auditor:any",
            "organisation.edit": "applicant:own",
            "organisation.register": "applicant:any officer:any",
            "case.open": "applicant:own officer:any system:any",
            "case.read": "applicant:own officer:any approver:any auditor:any",
            "case.file": "officer:any approver:any auditor:any",
            "case.edit": "applicant:own officer:any",
            "case.act": "applicant:own officer:any approver:any system:any",
            "case.judge": "officer:any approver:any",
            "case.assign": "officer:any approver:any",
            "case.vet": "officer:any system:any",
            "case.track": "officer:any approver:any system:any",
            "document.add": "applicant:own officer:any",
            "document.read": "applicant:own officer:any approver:any auditor:any",
            "certificate.read": "applicant:own officer:any approver:any auditor:any customs:any",
            "certificate.suspend": "officer:any approver:any system:any",
            "certificate.sign": "approver:any system:any",
            "licence.read": "applicant:own officer:any approver:any auditor:any customs:any",
            "quota.read": "applicant:own officer:any approver:any auditor:any",
            "quota.set": "approver:any",
            "shipment.decide": "applicant:own customs:any",
            "shipment.settle": "applicant:own customs:any",
            "shipment.read": "applicant:own officer:any approver:any auditor:any customs:any",
            "usage.report": "customs:any",
            "usage.read": "officer:any approver:any auditor:any customs:any",
            "duty.read": "applicant:own officer:any approver:any auditor:any",
            "duty.meet": "applicant:own officer:any",
            "duty.judge": "officer:any approver:any",
            "return.file": "applicant:own",
            "return.read": "applicant:own officer:any approver:any auditor:any",
            "reconcile.run": "officer:any system:any",
            "account.self": "applicant:any officer:any approver:any auditor:any customs:any operator:any",
            "account.manage": "operator:any",
            "organisation.export": "applicant:own auditor:any",
            "keys.rotate": "operator:any",
            "system.read": "operator:any auditor:any",
        }.items()
    }
)


def permits(actor: Actor, verb: str, owner: str | None = None) -> bool:
    """Whether an actor may do this to a thing of the organisation `owner`; None: nobody's in particular.

    A verb that the table does not know is refused, and so is a thing of nobody to one who may touch only
    the own organisation's.

    >>> permits(Actor("A1", "applicant", "O1"), "case.read", "O1")
    True
    >>> permits(Actor("A1", "applicant", "O1"), "case.read", "O2")
    False
    """
    if actor.scopes is not None and verb not in actor.scopes:
        return False
    reach = RIGHTS[verb].get(actor.role) if verb in RIGHTS else None
    if reach == ANY:
        return True
    return reach == OWN and bool(actor.organisation) and actor.organisation == owner


def require(actor: Actor, verb: str, owner: str | None = None) -> None:
    """Nothing if the actor may; raises AccessError if not."""
    if not permits(actor, verb, owner):
        raise AccessError(
            "this is not yours to do",
            where=verb,
            expected="a role with this right, over a thing of your own organisation where it says so",
            found=f"role {actor.role}",
            next_step="ask the operator which role you have, or the owner to do it",
        )
