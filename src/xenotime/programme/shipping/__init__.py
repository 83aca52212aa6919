"""Shipments and the grams they draw: what is asked, the answer's words, the quota."""
