"""The server: every route behind one gate, every answer with its headers, every failure in four parts."""

from __future__ import annotations

from importlib.resources import files

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from xenotime.core.errors import InputError
from xenotime.services.ports import Clock
from xenotime.services.programme.office import Office
from xenotime.web import answers, api, enter, gate, guard, health, oidc, pages, public
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
    _own(office, settings)
    app = FastAPI(
        title="Xenotime",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(gate.genuine)],
    )
    gate.place(app, office, settings, clock, VERBS)
    for router in (health.router, public.router, enter.router, oidc.router, *api.routers, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("xenotime.web") / "static")), name="static")
    app.state.description = describe.described(api.described, VERBS)
    answers.register(app)
    app.add_middleware(guard.Door, settings=settings, clock=clock)
    app.add_middleware(guard.Net, settings=settings, clock=clock, draw=settings.rules.draw)
    return app


def _own(office: Office, settings: Settings) -> None:
    """Refuse a real programme with test keys or an invented name, and a demo with anything real."""
    invented, test = office.authority.invented, office.keys.test()
    if settings.production and (invented or test):
        raise InputError(
            "a real programme needs a name and keys of its own",
            where="authority, keys",
            expected="a configured authority, and keys made by `xenotime serve --production`",
            found="a test key" if test else "the invented authority",
            next_step="write authority.toml, and start with an empty key folder",
        )
    if settings.demo and not (invented and test):
        raise InputError(
            "a demo signs everybody in, so it takes invented people only",
            where="--demo",
            expected="the invented authority and test keys",
            found="a name or keys of one's own",
            next_step="start the demo in a folder of its own",
        )
