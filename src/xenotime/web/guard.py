"""What stands around every request: its name, size and pace, its answer's headers, and a net below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xenotime.core.errors import Problem
from xenotime.services.ports import Clock
from xenotime.web import answers, journal
from xenotime.web.caller import caller, header
from xenotime.web.settings import Settings

#: What every answer says to the browser. No script, style, frame or form of others; nothing inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
TRANSPORT = "max-age=63072000; includeSubDomains"
#: The longest address, header and number of callers that are counted at once.
_TARGET, _CALLERS = 4_096, 50_000
_WINDOW = 60


class Net:
    """Names the request, writes it down, sets the headers, and answers what nobody foresaw."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Clock, draw: Callable[[int], bytes]) -> None:
        self.app, self.settings, self.clock, self.draw = app, settings, clock, draw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a websocket is closed, for there is none here."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        scope["reference"] = self.draw(8).hex()
        began: list[int] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                began.append(int(message["status"]))
                self._dress(scope, message)
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the net below everything: nothing inner may reach a caller
            journal.failure(
                self.clock.now(), "failed", error, path=scope["path"], reference=scope["reference"]
            )
            if not began:
                await self._fail(scope, receive, sending)
        self._note(scope, began[0] if began else 0)

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self.app(scope, receive, send)

    def _dress(self, scope: Scope, message: Message) -> None:
        given = list(message.get("headers", ()))
        names = {name.lower() for name, _ in given}
        wanted = dict(HEADERS)
        if self.settings.secure:
            wanted["strict-transport-security"] = TRANSPORT
        wanted["x-request-id"] = scope["reference"]
        given += [(k.encode(), v.encode()) for k, v in wanted.items() if k.encode() not in names]
        message["headers"] = [(k, v) for k, v in given if k.lower() != b"server"]

    async def _fail(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            made = await run_in_threadpool(answers.answer, request, 500, answers.unknown())
        except Exception:  # noqa: BLE001 - the page of the error failed too: plain words instead
            made = JSONResponse(answers.written(answers.unknown(), 500, scope["reference"]), 500)
        await made(scope, receive, send)

    def _note(self, scope: Scope, status: int) -> None:
        actor = scope.get("state", {}).get("actor")
        journal.note(
            self.clock.now(),
            "request",
            method=scope["method"],
            path=scope["path"],
            status=status,
            actor=actor.sign if actor else "",
            address=caller(scope, self.settings),
            reference=scope["reference"],
        )


class Door:
    """Refuses what should not come in: other hosts, long addresses, large bodies, callers in a hurry."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Clock) -> None:
        self.app, self.settings, self.clock = app, settings, clock
        self.pace = Pace(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say what is wrong with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await self._say(refused, scope, receive, send)
            return
        bound, paced = _bound(scope, self.settings), send
        if self.settings.rate and scope["path"].startswith("/api/"):
            left, reset = self.pace.take(caller(scope, self.settings), int(self.clock.now().timestamp()))
            paced = self._paced(send, left, reset)
            if left < 0:
                busy = Problem("too many requests", "this address", f"{self.settings.rate} a minute", "more")
                await self._say((429, busy), scope, receive, paced)
                return
        await self.app(scope, _counted(receive, bound), paced)

    def _refused(self, scope: Scope) -> tuple[int, Problem] | None:
        host = header(scope, b"host")
        if _named(host) not in self.settings.hosts or sum(k == b"host" for k, _ in scope["headers"]) != 1:
            return 400, Problem("this server has another name", "Host", "the name of this site", "another")
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > _TARGET:
            return 414, Problem("this address is too long", "address", f"at most {_TARGET} bytes", "more")
        length, bound = header(scope, b"content-length"), _bound(scope, self.settings)
        if length and not (
            length.isascii() and length.isdecimal() and len(length) < 16 and int(length) <= bound
        ):
            return 413, Problem("this is too large", "body", f"at most {bound:,} bytes", "more")
        return None

    async def _say(self, what: tuple[int, Problem], scope: Scope, receive: Receive, send: Send) -> None:
        status, problem = what
        body = answers.written(problem, status, scope.get("reference", ""))
        made = JSONResponse(body, status, media_type="application/problem+json")
        await made(scope, receive, send)

    def _paced(self, send: Send, left: int, reset: int) -> Send:
        says = {
            "ratelimit-limit": str(self.settings.rate),
            "ratelimit-remaining": str(max(0, left)),
            "ratelimit-reset": str(reset),
            **({"retry-after": str(reset)} if left < 0 else {}),
        }

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    *((k.encode(), v.encode()) for k, v in says.items()),
                ]
            await send(message)

        return sending


class Pace:
    """How many requests each caller has left in this minute, in this process."""

    def __init__(self, rate: int) -> None:
        self.rate, self.minute = rate, 0
        self.seen: dict[str, int] = {}

    def take(self, who: str, now: int) -> tuple[int, int]:
        """What is left after this request (below 0: none was), and the seconds until all are back."""
        if now // _WINDOW != self.minute or len(self.seen) > _CALLERS:
            self.minute, self.seen = now // _WINDOW, {}
        self.seen[who] = self.seen.get(who, 0) + 1
        return self.rate - self.seen[who], _WINDOW - now % _WINDOW


def _named(host: str) -> str:
    """The name in a Host header, in small letters; the whole of it if what follows is no port.

    >>> _named("Localhost:8080"), _named("[::1]:80"), _named("localhost:1@evil.example")
    ('localhost', '[::1]', 'localhost:1@evil.example')
    """
    name, _, port = host.rpartition(":")
    return (name if name and port.isascii() and port.isdecimal() else host).lower()


def _bound(scope: Scope, settings: Settings) -> int:
    """The most bytes that this request may have: a form with a file may be larger."""
    kind = header(scope, b"content-type").partition(";")[0].strip().lower()
    return settings.upload if kind in ("multipart/form-data", "application/octet-stream") else settings.body


def _counted(receive: Receive, bound: int) -> Receive:
    """What is received, counted as it comes in: no length that was announced is believed."""
    total = 0

    async def receiving() -> Any:  # noqa: ANN401 - the server's own message
        nonlocal total
        message = await receive()
        total += len(message.get("body", b"")) if message["type"] == "http.request" else 0
        if total > bound:
            raise HTTPException(413)
        return message

    return receiving
