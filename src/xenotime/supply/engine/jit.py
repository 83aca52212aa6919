"""Compile a kernel: machine code without the interpreter's lock, kept on disk for the next start.

The compiler's own cache looks at a function's file only. So that a change in one kernel reaches all that call
it, a kernel's cached name carries a digest of its code, of the constants that it reads and of the kernels
that it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from types import FunctionType
from typing import Any, ParamSpec, TypeVar, cast

import numba

_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")
_DIGESTS: dict[int, str] = {}


def kernel(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """A kernel that threads may run side by side; its arithmetic is exactly that of the text (no fast math).

    The machine code is kept beside the module, else in the user's cache folder; where neither can be written
    it is compiled again in every process.
    """
    digest = digest_of(cast("FunctionType", function))
    function.__qualname__ = f"{function.__qualname__}_{digest}"
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": True}
    settings["no_cfunc_wrapper"] = True  # nobody calls a kernel from C
    try:
        made: Callable[_Asked, _Given] = numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        made = numba.njit(**settings)(function)
    _DIGESTS[id(made)] = digest
    return made


def digest_of(function: FunctionType) -> str:
    """What a function's machine code depends on, in twelve letters: its code, and what its names mean."""
    code = function.__code__
    known = [code.co_code, repr(code.co_consts).encode()]
    for name in code.co_names:
        meant = function.__globals__.get(name)
        known.append(f"{name}={_DIGESTS.get(id(meant), repr(meant) if _plain(meant) else '')}".encode())
    return blake2b(b"\0".join(known), digest_size=6).hexdigest()


def _plain(meant: object) -> bool:
    return isinstance(meant, int | float | str | tuple)
