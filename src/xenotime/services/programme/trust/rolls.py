"""Status lists: which certificates are revoked or suspended, as signed lists that anyone can read."""

from __future__ import annotations

from datetime import datetime, timedelta

from xenotime.core.errors import AddressError
from xenotime.programme.figures import number
from xenotime.programme.trust.roll import Roll
from xenotime.seal import statement, status
from xenotime.seal.status import PURPOSES, REVOCATION, SUSPENSION
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change

__all__ = ("PURPOSES", "REVOCATION", "SUSPENSION", "held", "publish", "put")


def put(change: Change, office: Office, purpose: str, place: int, at: datetime, *, on: bool) -> None:
    """Set or clear a place and publish the list anew, in the same change."""
    roll = change.put(held(change, purpose).with_place(place, on=on))
    publish(change, office, roll, at)


def held(change: Change, purpose: str) -> Roll:
    """The roll of a purpose, kept from other writers; an empty one is begun where there is none."""
    try:
        return change.hold(Roll, purpose)
    except AddressError:
        change.add(Roll(purpose))
        return change.hold(Roll, purpose)


def publish(change: Change, office: Office, roll: Roll, at: datetime) -> str:
    """Sign the list as it stands and keep it as a new version; returns the credential."""
    bits = status.fresh()
    for place in roll.places:
        bits = status.put(bits, place, truth=True)
    until = at + timedelta(days=number(office.profile, "status.days", 7))
    signer = office.keys.signer("status")
    made = status.issue(roll.id, statement.place(office.authority.url, roll.id), bits, at, until, signer)
    change.publish(roll.id, made, at)
    return made
