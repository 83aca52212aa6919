"""The server's journal: one JSON object a line on stderr, never a secret, never a line that input made."""

from __future__ import annotations

import json
import logging
from datetime import datetime

from xenotime.core.canon import written

_LOGGER = logging.getLogger("xenotime.web")
#: The longest value that a line takes whole [characters].
_LONGEST = 300
#: Names of values that are never written, wherever they come from.
_SECRET = ("password", "secret", "token", "cookie", "authorization", "code", "csrf", "session", "key")


def line(at: datetime, kind: str, fields: dict[str, object]) -> str:
    r"""One entry as JSON in ASCII: whatever a caller sent stays inside its quotes.

    >>> from datetime import UTC
    >>> line(datetime(2026, 11, 22, tzinfo=UTC), "denied", {"path": "/a\n{}", "password": "x"})
    '{"at": "2026-11-22T00:00:00Z", "kind": "denied", "path": "/a\\n{}"}'
    """
    kept = {k: _short(v) for k, v in fields.items() if not k.lower().startswith(_SECRET)}
    return json.dumps({"at": written(at), "kind": kind, **kept}, ensure_ascii=True)


def note(at: datetime, kind: str, **fields: object) -> None:
    """Write an entry."""
    _LOGGER.info("%s", line(at, kind, fields))


def failure(at: datetime, kind: str, error: BaseException, **fields: object) -> None:
    """Write down an error that nobody foresaw: its type and place, not what it holds."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = (
        f"{trace.tb_frame.f_code.co_filename.rpartition('xenotime')[2]}:{trace.tb_lineno}" if trace else ""
    )
    _LOGGER.error("%s", line(at, kind, {"error": type(error).__name__, "place": place, **fields}))


def _short(value: object) -> object:
    if value is None or isinstance(value, (bool, int)):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
