"""Questions whose answers settle shipments: which, in what order, to whom; and their answers, read back."""
