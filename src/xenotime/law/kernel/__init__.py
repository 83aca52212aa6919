"""The same law for many rows at once: every truth a bit, sixty-four rows a word, one fixed machine.

`wires` is a third vocabulary for the expressions of `decide`: what they say becomes `gates`. `plan` lays the
gates out as numbers, `machine` runs them over the `columns` of a table, `run` is the front door. Only the
last four need numba or numpy, and only large tables are worth their start.
"""
