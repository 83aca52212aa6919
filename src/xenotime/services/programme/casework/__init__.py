"""The verbs on cases: open, move, ask, advise, vote, decide, and what each move does."""
