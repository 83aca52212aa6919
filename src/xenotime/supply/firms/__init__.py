"""The downstream layer of single firms: systemic risk index and daily path."""
