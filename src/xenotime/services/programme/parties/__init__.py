"""Vetting: what is looked up about an organisation, its track, and the watch over both."""
