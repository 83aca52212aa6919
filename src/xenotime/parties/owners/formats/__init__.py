"""Ownership files in the formats that others publish: BODS 0.4, FollowTheMoney, GLEIF level 2, CSV."""

from xenotime.parties.owners.formats.reader import FORMATS, read, sniff

__all__ = ["FORMATS", "read", "sniff"]
