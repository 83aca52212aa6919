"""The pages people see, rendered at the server and readable without script."""

from __future__ import annotations

from fastapi import APIRouter

from xenotime.web.pages import (
    account,
    acts,
    assess,
    audit,
    cases,
    duties,
    front,
    holding,
    home,
    look,
    organisation,
    public,
    quota,
    register,
    shipments,
    usage,
)

router = APIRouter(include_in_schema=False)
for part in (
    look, front, register, public, home, account, organisation, cases, acts, holding, shipments, duties,
    audit, assess, quota, usage,
):  # fmt: skip
    router.include_router(part.router)

__all__ = ["router"]
