"""List entries prepared so that many names are put to them without comparing each with each."""
