"""Reads a book of law, decides facts by it, and explains each answer."""
