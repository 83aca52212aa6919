"""The API: every action of the programme for machines, under /api/v1."""

from __future__ import annotations

from xenotime.web.api import (
    cases,
    decisions,
    describe,
    holdings,
    log,
    operate,
    people,
    quota,
    register,
    returns,
    shipments,
)

#: The routers that the description describes, and the one that hands the description out.
described = tuple(
    part.router
    for part in (decisions, cases, register, holdings, shipments, quota, returns, log, operate, people)
)
routers = (*described, describe.router)
