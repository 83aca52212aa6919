"""Which status a failure gets when a page shows it beside its form."""

from __future__ import annotations

from xenotime.core.errors import AccessError, AddressError, StateError, XenotimeError


def status_of(error: XenotimeError) -> int:
    """403, 404 or 409 for what is refused, missing or too late; 400 for what cannot be read."""
    if isinstance(error, AccessError):
        return 403
    if isinstance(error, AddressError):
        return 404
    return 409 if isinstance(error, StateError) else 400
