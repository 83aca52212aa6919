"""What every page needs from the server: the office, the hour, and the form that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request, UploadFile
from starlette.datastructures import FormData

from xenotime.core.errors import InputError
from xenotime.programme.access import Actor
from xenotime.services.programme.office import Office
from xenotime.web.pages.render import actor_of


@dataclass(frozen=True)
class Desk:
    """One request at the office: who asks, when, and which day it is for the law."""

    request: Request
    office: Office
    actor: Actor
    at: datetime

    @property
    def today(self) -> date:
        """The day of the request."""
        return self.at.date()

    def asked(self, name: str) -> str:
        """A parameter of the address, "" if it is not there."""
        return self.request.query_params.get(name, "").strip()[:200]


def desk(request: Request) -> Desk:
    """The office at this hour, for who asks."""
    state = request.app.state
    return Desk(request, state.office, actor_of(request), state.clock.now())


@dataclass(frozen=True)
class Posted:
    """The fields of a form that was sent."""

    fields: FormData

    def text(self, name: str) -> str:
        """One field as text, "" if it was not sent."""
        value = self.fields.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be chosen several times."""
        return tuple(v.strip() for v in self.fields.getlist(name) if isinstance(v, str) and v.strip())

    def upload(self, name: str) -> UploadFile:
        """An uploaded file, from its start. Raises InputError if none was chosen."""
        value = self.fields.get(name)
        if value is None or isinstance(value, str) or not value.filename:
            raise InputError("no file was chosen", where=name, next_step="choose a file, then send it")
        value.file.seek(0)
        return UploadFile(value.file, size=value.size, filename=value.filename, headers=value.headers)

    def has(self, name: str) -> bool:
        """Whether a file was chosen for a field."""
        value = self.fields.get(name)
        return value is not None and not isinstance(value, str) and bool(value.filename)

    def all(self) -> dict[str, str]:
        """Every text field, for showing a form again as it was sent."""
        return {k: v for k, v in self.fields.items() if isinstance(v, str) and k != "csrf"}


async def posted(request: Request) -> Posted:
    """The form of a request."""
    return Posted(await request.form(max_files=20, max_fields=400))


At = Annotated[Desk, Depends(desk)]
Sent = Annotated[Posted, Depends(posted)]
