"""Everything of a kind, read page by page: lists that no screen cuts short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from xenotime.services.programme.ports import Search, View

T = TypeVar("T")
_PAGE = 1000


def every(
    view: View, kind: type[T], where: Mapping[str, Any] | None = None, *, order: str = ""
) -> Iterator[T]:
    """Each thing of a kind that fits, in order; the view has to stay open, and unchanged, while it runs."""
    after = ""
    while True:
        page = view.find(kind, Search(where or {}, order=order, limit=_PAGE, after=after))
        yield from page.items
        after = page.next
        if not after:
            return
