"""The verbs of the certified-end-user programme."""
