"""What a certificate's credential states, from the certificate and its holder."""

from __future__ import annotations

from datetime import datetime

from xenotime.programme.organisation import Organisation
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal import statement
from xenotime.seal.credential import issue
from xenotime.seal.statement import Clause, Place, Statement
from xenotime.services.programme.office import Office


def stated(office: Office, made: Certificate, holder: Organisation, at: datetime) -> Statement:
    """Holder, sites, items, grams a year, end uses, conditions, days and both places, as the credential
    states them.
    """
    who, sites, scope = office.authority, {s.id: s for s in holder.sites}, made.scope
    return Statement(
        made.number,
        who.did,
        who.name,
        who.name_zh,
        who.url,
        who.invented,
        holder.id,
        holder.name,
        made.track,
        made.valid_from,
        made.valid_until,
        at,
        scope.items,
        scope.grams,
        scope.end_uses,
        made.revocation_index,
        made.suspension_index,
        sites=tuple(Place(s, sites[s].name, sites[s].address, sites[s].country) for s in scope.sites),
        countries=scope.countries,
        conditions=tuple(Clause(c.id, c.says, c.source) for c in made.conditions),
        numbers={"lei": holder.lei, "uscc": holder.uscc},
        name_zh=holder.name_zh,
        serial=made.serial,
    )


def sealed(office: Office, made: Certificate, holder: Organisation, at: datetime) -> str:
    """The credential, signed with the office's key for credentials."""
    return issue(statement.claims(stated(office, made, holder, at)), office.keys.signer("credential"))
