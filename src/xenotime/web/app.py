"""The server: every route behind one gate, every answer with its headers, every failure in four parts."""

from __future__ import annotations

from importlib.resources import files

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from xenotime.core.errors import InputError
from xenotime.services.ports import Clock
from xenotime.services.programme.office import Office
from xenotime.web import answers, api, enter, gate, guard, health, pages, public
from xenotime.web import settings as settled
from xenotime.web.api import describe
from xenotime.web.api.verbs import VERBS as API
from xenotime.web.pages.verbs import VERBS as PAGES
from xenotime.web.settings import Settings
from xenotime.web.verbs import ENTRY

#: The one table of routes and rights: what is not in it is refused.
VERBS = {**ENTRY, **API, **PAGES}


def create_app(office: Office, settings: Settings, clock: Clock) -> FastAPI:
    """The programme's pages and API over an office.

    Raises InputError for settings that do not hold together, and for test keys in production.
    """
    settled.check(settings)
    if settings.production and office.keys.test():
        raise InputError(
            "test keys cannot sign for a real programme",
            where="keys",
            expected="keys made by `xenotime serve --production` or brought from elsewhere",
            found="a test key",
            next_step="start with an empty key folder, or configure your own",
        )
    app = FastAPI(
        title="Xenotime",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(gate.genuine)],
    )
    gate.place(app, office, settings, clock, VERBS)
    for router in (health.router, public.router, enter.router, *api.routers, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("xenotime.web") / "static")), name="static")
    app.state.description = describe.described(api.described, VERBS)
    answers.register(app)
    app.add_middleware(guard.Door, settings=settings, clock=clock)
    app.add_middleware(guard.Net, settings=settings, clock=clock, draw=settings.rules.draw)
    return app
