"""Certificates and licences: issued, shown, suspended, revoked."""
