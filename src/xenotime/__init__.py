"""Xenotime turns rare-earth export-control law into its consequences."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["Answer", "__version__", "decide", "explain", "facts"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the notebook face offers under this name
    """What a notebook asks of us, imported when it is asked for."""
    if name in __all__:
        return getattr(import_module("xenotime.frames"), name)
    raise AttributeError(f"module 'xenotime' has no attribute '{name}'")


def __dir__() -> list[str]:
    """What completion offers."""
    return sorted({*globals(), *__all__})
