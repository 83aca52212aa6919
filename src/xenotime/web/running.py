"""Runs the server: settings from options and environment, the office from wiring, rounds beside it."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
from pathlib import Path

import click
import uvicorn

from xenotime import wiring
from xenotime.core.errors import InputError
from xenotime.services.ports import Clock
from xenotime.services.programme.office import Office
from xenotime.services.programme.people.passwords import Rules
from xenotime.services.programme.shipping.counsel import counsel
from xenotime.web.app import create_app
from xenotime.web.rounds import Timer, rounds
from xenotime.web.settings import Provider, Settings
from xenotime.wiring import programme

#: Seconds that open requests get to end after Ctrl-C, and that an idle connection is kept.
_GRACE, _IDLE = 10, 15
#: Where the identity provider is configured.
OIDC = "XENOTIME_OIDC_"


def run(
    *,
    demo: bool,
    database: str | None,
    home: Path | None,
    host: str,
    port: int,
    url: str,
    proxies: int,
    rate: int,
    production: bool,
) -> None:
    """Serve until Ctrl-C. Raises InputError for settings that do not hold together."""
    _free(host, port)
    folder = home or wiring.home() / ("demo" if demo else "programme")
    folder.mkdir(parents=True, exist_ok=True)
    place = url or f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}"
    settings = Settings(
        place, Rules(programme.draw), hosts_of(place, host, production=production), production=production,
        proxies=proxies, rate=rate, provider=provider(dict(os.environ)), demo=demo,
    )  # fmt: skip
    clock, address = wiring.clock(), database or f"sqlite:///{folder / 'programme.sqlite'}"
    _journal()
    with programme.office(address, folder, url=place, production=production, demo=demo) as office:
        office.store.migrate()
        if demo:
            click.echo("telling the demo's invented year …", err=True)
            programme.demo(office, clock.now())
        app = create_app(office, settings, clock)
        settled(office, clock)
        with Timer(rounds(office, settings.rules, folder / "checkpoints"), clock):
            click.echo(f"Xenotime serves at {place}  (Ctrl-C stops it)")
            uvicorn.run(
                app, host=host, port=port, log_config=None, access_log=False, server_header=False,
                date_header=True, proxy_headers=False, timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=_GRACE, limit_concurrency=500, h11_max_incomplete_event_size=65_536,
            )  # fmt: skip
    click.echo("stopped; everything that was answered is kept")


def _free(host: str, port: int) -> None:
    """Nothing if the address can be listened on; said before anything is made. Raises InputError."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(place)
    except OSError as error:
        raise InputError(
            "this address cannot be listened on",
            where="--host, --port",
            expected="a name or address of this machine, and a port that nobody uses",
            found=f"{host} {port}: {error.strerror or error}",
            next_step="stop what listens there, or choose another port",
        ) from error


def settled(office: Office, clock: Clock) -> None:
    """Read the law and the lists now, and take all that stays out of the garbage collector's sight.

    Its sweeps over what never changes would hold up some request by a tenth of a second.
    """
    counsel(office.library(clock.today()))
    gc.collect()
    gc.freeze()


def hosts_of(url: str, host: str, *, production: bool) -> tuple[str, ...]:
    """The names a server answers to: that of its address, and this machine's own while it is a trial.

    >>> hosts_of("https://programme.example", "0.0.0.0", production=True)
    ('programme.example',)
    """
    bare = url.partition("://")[2].split("/")[0]
    name = bare if bare.endswith("]") else bare.rpartition(":")[0] or bare
    return (
        (name.lower(),)
        if production
        else tuple(dict.fromkeys((name.lower(), host, "localhost", "127.0.0.1", "[::1]")))
    )


def provider(environ: dict[str, str]) -> Provider | None:
    """The identity provider that the environment names, if it does. Raises InputError for half a one.

    >>> provider({}) is None
    True
    """
    named = {k.removeprefix(OIDC).lower(): v for k, v in environ.items() if k.startswith(OIDC)}
    if not named:
        return None
    missing = {"issuer", "client", "secret"} - named.keys()
    if missing or not named["issuer"].startswith("https://"):
        raise InputError(
            "the identity provider is not whole",
            where=OIDC + "…",
            expected=f"{OIDC}ISSUER (https://…), {OIDC}CLIENT, {OIDC}SECRET",
            found=f"missing: {', '.join(sorted(missing)) or 'https in the issuer'}",
            next_step="set them, or none of them",
        )
    return Provider(named["issuer"], named["client"], named["secret"], named.get("title", "single sign-on"))


def _journal() -> None:
    """The journal goes to stderr, a line as it is, and so do warnings of the server's libraries."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("xenotime.web").setLevel(logging.INFO)
