"""Xenotime turns rare-earth export-control law into its consequences."""

__version__ = "0.1.0"
