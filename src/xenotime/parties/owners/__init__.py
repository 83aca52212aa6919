"""Who owns whom, and who is held at a threshold: exact, dated, provable."""
