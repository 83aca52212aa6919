"""The demo: an invented authority, invented people and companies, and a year of their dealings."""
