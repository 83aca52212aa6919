"""Compile a kernel: machine code without the interpreter's lock, kept on disk for the next start."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")


def kernel(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """A kernel that threads may run side by side; its arithmetic is exactly that of the text (no fast math).

    The machine code is kept beside the module, else in the user's cache folder; where neither can be written
    it is compiled again in every process.
    """
    try:
        made: Callable[_Asked, _Given] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return made
