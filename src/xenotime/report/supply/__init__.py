"""Figures and pages of the supply model, from result tables only."""
