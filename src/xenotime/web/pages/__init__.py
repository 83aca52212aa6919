"""The pages people see, rendered at the server and readable without script."""

from __future__ import annotations

from fastapi import APIRouter

from xenotime.web.pages import acts, cases, front, home, look

router = APIRouter(include_in_schema=False)
for part in (look, front, home, cases, acts):
    router.include_router(part.router)

__all__ = ["router"]
