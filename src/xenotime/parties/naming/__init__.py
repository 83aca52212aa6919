"""Names, made comparable across scripts, spellings and legal forms."""
