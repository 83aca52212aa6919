"""Certificates and licences: their scope, their conditions, where they stand."""
