"""Parties put to the lists: asked, answered, decided, recorded, watched, erased and replayed."""
