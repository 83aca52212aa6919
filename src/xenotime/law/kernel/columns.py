"""Where the columns of a table lie in memory, by the Arrow C data interface: nothing is copied.

Source: Apache Arrow, "The Arrow C data interface" and "The Arrow C stream interface".
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import polars as pl

_Address = ctypes.c_void_p
#: Widths of the types of an engine frame [bytes]; a truth is a bit.
_WIDTHS: dict[type[pl.DataType], int] = {pl.Boolean: 0, pl.UInt8: 1, pl.UInt16: 2, pl.Date: 4, pl.Int64: 8}


class _Array(ctypes.Structure):
    """``struct ArrowArray``."""


_Release = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(_Address)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.POINTER(_Array)),
    ("release", _Release),
    ("private_data", _Address),
]


class _Stream(ctypes.Structure):
    """``struct ArrowArrayStream``."""


_Stream._fields_ = [
    ("get_schema", _Address),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", _Address),
    ("release", _Address),
    ("private_data", _Address),
]

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = _Address, [ctypes.py_object, ctypes.c_char_p]


@contextmanager
def located(frame: pl.DataFrame) -> Iterator[Any]:
    """Per column: the addresses of its values and of its validity bits (0: all valid), width [bytes], offset.

    The addresses are good within the context. The frame has at least one row.
    """
    capsule = frame.rechunk().__arrow_c_stream__()
    stream = ctypes.cast(_pointer(capsule, b"arrow_array_stream"), ctypes.POINTER(_Stream))
    whole = _Array()
    if stream.contents.get_next(stream, whole) or not whole.release:
        raise MemoryError
    try:
        held = [whole.children[k].contents for k in range(whole.n_children)]
        yield np.array([_place(*pair) for pair in zip(held, frame.dtypes, strict=True)], np.int64)
    finally:
        whole.release(whole)


def _place(column: _Array, kind: pl.DataType) -> tuple[int, int, int, int]:
    return column.buffers[1] or 0, column.buffers[0] or 0, _WIDTHS[type(kind)], column.offset
