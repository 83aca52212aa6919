"""Organisations and the people who act for them: accounts, sign-in, tokens."""
