"""How alike two names are, what that means as a probability, and who is on a list."""
