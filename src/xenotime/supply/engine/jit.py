"""Compile a kernel: machine code without the interpreter's lock, kept on disk for the next start.

The compiler's own cache looks at a function's file only. So that a change in one kernel reaches all that call
it, a kernel's cached name carries a digest of its code, of the constants that it reads and of the kernels
that it calls.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from hashlib import blake2b
from types import FunctionType
from typing import Any, ParamSpec, TypeVar, cast

import numba

_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")
_DIGESTS: dict[int, str] = {}


def kernel(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """A kernel that only kernels call, made part of those that do; Python cannot call it.

    Its arithmetic is exactly that of the text (no fast math). The machine code is kept beside the module,
    else in the user's cache folder; where neither can be written it is compiled again in every process.
    """
    return _made(function, inline=True)


def stage(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """A kernel that Python may call too: a step of the day, or a rule in numbers."""
    return _made(function, inline=False)


def _made(function: Callable[_Asked, _Given], *, inline: bool) -> Callable[_Asked, _Given]:
    digest = digest_of(cast("FunctionType", function))
    function.__qualname__ = f"{function.__qualname__}_{digest}"
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": inline}
    settings |= {"no_cfunc_wrapper": True, "no_cpython_wrapper": inline}  # half of the compiler's time
    try:
        made: Callable[_Asked, _Given] = numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        made = numba.njit(**settings)(function)
    _DIGESTS[id(made)] = digest
    return made


def digest_of(function: FunctionType) -> str:
    """What a function's machine code may depend on, in twelve letters.

    The text of its module, and what the module's names stand for when it is read: numbers and kernels
    imported from elsewhere, by their own digests. (A name defined further down is in the text.)
    """
    known = ["".join(linecache.getlines(function.__code__.co_filename)), function.__qualname__]
    for name, meant in sorted(function.__globals__.items()):
        if not name.startswith("__"):
            known.append(f"{name}={_DIGESTS.get(id(meant), repr(meant) if _plain(meant) else '')}")
    return blake2b("\0".join(known).encode(), digest_size=6).hexdigest()


def _plain(meant: object) -> bool:
    return isinstance(meant, int | float | str | tuple)
