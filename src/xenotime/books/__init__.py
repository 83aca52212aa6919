"""The law itself: Markdown instruments, facts, predicates and tables. No code."""
