"""What a change of law moves, as a person reads it: terminal, page with figures, tables."""
