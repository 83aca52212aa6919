"""Certified end users: cases, certificates, licences, quotas, obligations: states and moves."""
