"""The shipment decision, what becomes of it, and the quota behind it."""
