"""Obligations, annual reports, statistics, the log and the archive."""
