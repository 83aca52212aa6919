"""The small invented book for every test of the law."""

from __future__ import annotations

from tests.fixtures.small import facts, small

__all__ = ["facts", "small"]
