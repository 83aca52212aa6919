"""`xenotime serve`: the whole programme from nothing, on one machine or behind a proxy."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from xenotime.core.errors import InputError

_LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")


@click.command("serve")
@click.option("--demo", is_flag=True, help="Fill it with an invented authority, invented people and cases.")
@click.option("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME.")
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="Folder for database and keys."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--url", default="", help="Where people reach it, as https://… (for --production).")
@click.option("--proxies", default=0, type=click.IntRange(0, 9), help="Proxies of your own in front.")
@click.option(
    "--rate", default=600, show_default=True, type=click.IntRange(0), help="API requests a minute; 0: any."
)
@click.option("--production", is_flag=True, help="A real programme: HTTPS in front, own keys, no demo.")
def serve(**given: Any) -> None:  # noqa: ANN401 - click hands over what it parsed
    """Serve the certified-end-user programme: pages, API and its timed work, from nothing.

    Without --production it listens on this machine only, under an invented authority's name.
    """
    _agree(**given)
    from xenotime.web.running import run  # noqa: PLC0415 - the server's libraries load only when it serves

    run(**given)


def _agree(*, demo: bool, host: str, production: bool, url: str, **_: object) -> None:
    """Refuse options that contradict each other or would show a trial to the world."""
    if production and demo:
        raise InputError(
            "a demo is no production",
            where="--demo, --production",
            expected="one of the two",
            found="both",
            next_step="leave one out",
        )
    if not production and not local(host):
        raise InputError(
            "only a production server listens to other machines",
            where="--host",
            expected=", ".join(_LOCAL[:3]),
            found=host,
            next_step="listen on this machine, or set up --production with --url https://…",
        )
    if production and not url.startswith("https://"):
        raise InputError(
            "production needs HTTPS",
            where="--url",
            expected="https:// and the name that people type",
            found=url or "none",
            next_step="put a proxy with a certificate in front, and give its address with --url",
        )


def local(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> local("127.0.0.1"), local("::1"), local("0.0.0.0"), local("example.org")
    (True, True, False, False)
    """
    try:
        return host in _LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False
