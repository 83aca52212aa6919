"""The user's tables: their columns, units and meaning; reading, mapping and checking them."""
