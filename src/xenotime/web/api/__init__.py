"""The API: every action of the programme for machines, under /api/v1."""

from __future__ import annotations

from xenotime.web.api import cases, describe, people, register

#: The routers that the description describes, and the one that hands the description out.
described = (cases.router, register.router, people.router)
routers = (*described, describe.router)
