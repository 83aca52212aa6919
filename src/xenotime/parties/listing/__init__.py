"""Party lists: dated entries, the formats they come in, and what changed between two versions."""
