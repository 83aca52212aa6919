"""Who is on which list on which day: names, identifiers, declared ownership."""
