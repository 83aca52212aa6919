"""Canonical bytes, signatures, status lists, the audit log and their verifier."""
