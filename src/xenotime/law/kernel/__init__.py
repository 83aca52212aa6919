"""The same law for many rows at once: every truth a bit, sixty-four rows a word, one fixed machine.

`wires` is a third vocabulary for the expressions of `decide`: they become `gates`. `plan` lays the gates out as
numbers, `machine` runs them over the `columns` of a table, `run` is the front door. Only `machine`, `plan`,
`columns` and `run` need numba and numpy, and only large tables need them.
"""
