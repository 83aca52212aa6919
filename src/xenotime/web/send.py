"""What is handed out as a file: to be kept, never run in the page's place; tables without formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from urllib.parse import quote

from fastapi.responses import Response

from xenotime.core.cells import harmless
from xenotime.web.intake import plain


def download(name: str, media: str, data: bytes) -> Response:
    """A file for keeping: a plain name, no guessing of its kind, nothing of it runs here."""
    shown = plain(name)
    narrow = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in shown)
    named = f"attachment; filename=\"{narrow}\"; filename*=UTF-8''{quote(shown, safe='')}"
    return Response(
        data,
        media_type=media,
        headers={"Content-Disposition": named, "Content-Security-Policy": "default-src 'none'; sandbox"},
    )


def table(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """Rows as a CSV file with a mark of its coding, every cell harmless."""
    text = StringIO()
    csv.writer(text).writerows([harmless(str(v)) for v in row] for row in rows)
    return download(name, "text/csv; charset=utf-8", text.getvalue().encode("utf-8-sig"))
