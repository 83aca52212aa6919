"""Which status a failure gets when a page shows it beside its form."""

from __future__ import annotations

from xenotime.core.errors import AccessError, AddressError, StateError, XenotimeError


def status_of(error: XenotimeError) -> int:
    """409 for what comes too late; 400 for what cannot be read.

    What is another's and what is not there are raised again: the gate's handler answers both in the same
    words, so that nobody learns from a form what exists.
    """
    if isinstance(error, (AccessError, AddressError)):
        raise error
    return 409 if isinstance(error, StateError) else 400
