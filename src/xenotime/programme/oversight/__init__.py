"""Obligations, mass balance, anomalies, statistics: whether trust is still deserved."""
