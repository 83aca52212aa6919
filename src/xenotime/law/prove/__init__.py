"""Proof over a book: what can never be, what can be both ways at once, what nothing reaches.

`premises` says what may be taken for granted of the facts, `worlds` which standings of the articles there
are, `logic` turns both into formulas; `relations`, `reach`, `truths`, `statements`, `days` and `steps` ask;
`check` asks everything. Only `logic` needs a prover (z3).
"""
