"""Dates, quantities, money, codes, sources and errors: the words every other part speaks."""
