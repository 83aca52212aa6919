"""Claims: a figure, who published it, when, and how sure."""
