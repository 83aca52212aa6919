"""What the services of supply need from outside, as protocols; `stores` implements them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Claims(Protocol):
    """The user's own claims, tables beside the packaged ones."""

    def read(self) -> Mapping[str, str]:
        """File names and texts, in a fixed order."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other writers out while claims are checked and kept."""

    def keep(self, name: str, text: str) -> Path:
        """Put a table in the place of the one of its name, whole or not at all; returns where it lies."""
