"""What the services need from outside, as protocols; `stores` implements them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Protocol


class Overlays(Protocol):
    """The user's own notices, laid over the shipped book."""

    def read(self) -> Mapping[str, str]:
        """File names and texts, in a fixed order."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other writers out while a notice is checked and added."""

    def add(self, name: str, text: str) -> Path:
        """Keep a notice whole, or not at all; returns where it lies."""

    def remove(self, name: str) -> None:
        """Take a notice away."""


class Clock(Protocol):
    """The one who knows what day it is."""

    def today(self) -> date:
        """The day in the user's time zone."""
