"""How this server is set up: all of it given at the start, none of it read while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xenotime.core.errors import InputError
from xenotime.services.programme.people.passwords import Rules

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider: its issuer, our client there, and what it is called on the sign-in page.

    `transport` carries requests to it; None: the network.
    """

    issuer: str
    client: str
    secret: str = field(repr=False, default="")
    title: str = "single sign-on"
    transport: Any = None


@dataclass(frozen=True, slots=True)
class Settings:
    """One server's settings. `url` is where people reach it; `hosts` the names it answers to.

    `production`: HTTPS in front, `__Host-` cookies, HSTS, no test keys. `proxies`: how many proxies of one's
    own stand in front and append to X-Forwarded-For (0: that header is not believed).
    `demo`: invented people sign in with one click.
    Bounds: `body` of a request and `upload` of a file [bytes], `rate` requests a minute for one caller.
    """

    url: str
    rules: Rules
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    production: bool = False
    proxies: int = 0
    body: int = MIB
    upload: int = 20 * MIB
    rate: int = 600
    provider: Provider | None = None
    demo: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and port of `url`, as browsers send it."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.split('/')[0]}"

    def cookie(self, name: str) -> str:
        """A cookie's name: bound to this host by its prefix wherever HTTPS is."""
        return f"__Host-{name}" if self.secure else name

    @property
    def secure(self) -> bool:
        """Whether cookies travel over HTTPS only."""
        return self.url.startswith("https://")


def check(settings: Settings) -> None:
    """Nothing if settings hold together. Raises InputError for production without HTTPS or a host."""
    if settings.production and not settings.secure:
        raise InputError(
            "production needs HTTPS",
            where="--url",
            expected="https:// and the name that people type",
            found=settings.url,
            next_step="put a proxy with a certificate in front, and give its address with --url",
        )
    if settings.demo and (settings.production or settings.secure):
        raise InputError(
            "a demo stays on this machine",
            where="--demo",
            expected="a loopback address, without --production",
            found=settings.url,
            next_step="leave one of the two out",
        )
    if "*" in settings.hosts:
        raise InputError(
            "a server that answers to any name can be turned against its users",
            where="hosts",
            expected="the names that people type",
            found="*",
            next_step="name them",
        )
