"""The salt of a text that the log holds only as a commitment; kept beside the text, erased with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Salt:
    """What proves, and alone proves, that a commitment of the log is of a text.

    `id` is the commitment, `subject` the thing whose `field` holds the text. Without the salt the commitment
    says nothing, so erasing a text means erasing its salt.
    """

    id: str
    subject: str
    organisation: str
    field: str
    salt: str
    version: int = 0
