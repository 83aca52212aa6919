"""Evidence from the authority's own address: the one place that opens a connection to verify something.

https only (http on this machine itself), one host, few redirects, bounded in size and time, no proxy, no
cookie, and no name that leads to a private address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from time import monotonic
from typing import Any

import httpx2

from xenotime.core.errors import InputError
from xenotime.seal.document import address

#: How often an answer may point elsewhere, and how long all of it may take [s].
REDIRECTS, WAIT = 3, 10.0
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "xenotime-verify"}


def located(did: str) -> str:
    """Where the document of a did:web is fetched; over http on this machine itself.

    >>> located("did:web:localhost%3A8080")
    'http://localhost:8080/.well-known/did.json'
    """
    url = httpx2.URL(address(did))
    return str(url.copy_with(scheme="http") if _here(url.host) else url)


def host(url: str) -> str:
    """The host and port of an address, in small letters.

    >>> host("https://Authority.example/register/XC-1")
    'authority.example'
    """
    return _parsed(url).netloc.decode("ascii")


def here(url: str) -> bool:
    """Whether an address is on this machine itself, by its name.

    >>> here("http://localhost:8080/x"), here("http://127.0.0.1/"), here("https://localhost.example/")
    (True, True, False)
    """
    return _here(_parsed(url).host)


def fetch(url: str, of: str, most: int, *, wait: float = WAIT, accept: str = "*/*") -> bytes:
    """What lies at an address of the host `of`, at most `most` bytes within `wait` seconds.

    Raises InputError for every other host or scheme, for an answer that is no plain 200, and for one that is
    too large, too slow, or comes from a private address.
    """
    ends, target = monotonic() + wait, _allowed(url, of)
    try:
        for _ in range(REDIRECTS + 1):
            found = _asked(target, most, ends, accept)
            if isinstance(found, bytes):
                return found
            target = _allowed(str(target.join(found)), of)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _unfetched(url, "an answer", f"{type(error).__name__}: {error}"[:200]) from error
    raise _unfetched(url, f"at most {REDIRECTS} redirects", "more")


def _asked(target: httpx2.URL, most: int, ends: float, accept: str) -> bytes | str:
    """The body of an answer, or where it points instead."""
    left = ends - monotonic()
    if left <= 0:
        raise _unfetched(str(target), "an answer in time", "none")
    with (
        httpx2.Client(trust_env=False, timeout=left) as client,
        client.stream(
            "GET", target, headers={**_HEADERS, "Accept": accept}, extensions={"trace": watch(target.host)}
        ) as answer,
    ):
        if answer.has_redirect_location:
            return answer.headers["location"]
        if answer.status_code != httpx2.codes.OK or "content-encoding" in answer.headers:
            raise _unfetched(str(target), "a plain answer with status 200", str(answer.status_code))
        return _body(answer, most, ends)


def _body(answer: httpx2.Response, most: int, ends: float) -> bytes:
    data = bytearray()
    for part in answer.iter_raw():
        data += part
        if len(data) > most:
            raise _unfetched(str(answer.url), f"at most {most} bytes", "more")
        if monotonic() > ends:
            raise _unfetched(str(answer.url), "an answer in time", f"{len(data)} bytes only")
    return bytes(data)


def _allowed(url: str, of: str) -> httpx2.URL:
    """The address, if it is on that host and its scheme is allowed there."""
    found = _parsed(url)
    scheme = "http" if _here(found.host) else "https"
    if found.scheme not in {"https", scheme} or found.userinfo:
        raise _unfetched(url, "https, without a name or password", found.scheme)
    if found.netloc.decode("ascii") != of:
        raise _unfetched(url, f"an address of the authority's own host, {of}", found.host)
    return found


def _parsed(url: str) -> httpx2.URL:
    try:
        found = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise _unfetched(url[:200], "an address", str(error)) from error
    if not found.host:
        raise _unfetched(url[:200], "an address with a host", "none")
    return found


def _here(name: str) -> bool:
    """Whether a host is this machine itself, by its name."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def watch(name: str) -> Callable[[str, Mapping[str, Any]], None]:
    """What looks at each connection to a host before anything is said on it.

    Raises InputError, and leaves, where a name leads to a private address.
    """

    def seen(event: str, info: Mapping[str, Any]) -> None:
        if event != "connection.connect_tcp.complete" or _here(name):
            return
        stream = info["return_value"]
        peer = stream.get_extra_info("server_addr")[0]
        if not ip_address(peer.partition("%")[0]).is_global:
            stream.close()
            raise _unfetched(name, "a public address", f"{name} leads to {peer}")

    return seen


def _unfetched(url: str, expected: str, found: str) -> InputError:
    return InputError(
        "this evidence cannot be fetched",
        where=url,
        expected=expected,
        found=found,
        next_step="give the evidence as files (--keys, --status, --checkpoint) and add --offline",
    )
