"""Failures that only the web has: nobody signed in, no second factor, no fresh proof, a forged change."""

from __future__ import annotations

from xenotime.core import errors as core


class SignInError(core.AccessError):
    """Nobody is signed in, and this address asks for somebody."""

    def __init__(self) -> None:
        super().__init__(
            "nobody is signed in",
            where="this address",
            expected="a session, or an API token",
            found="neither",
            next_step="sign in, or send `Authorization: Bearer` with a token that is good",
        )


class FactorError(core.AccessError):
    """The account still owes its second factor."""

    def __init__(self) -> None:
        super().__init__(
            "this account needs a second factor first",
            where="this address",
            expected="an authenticator set up for this account",
            found="none yet",
            next_step="set one up at /account/second-factor",
        )


class StaleError(core.AccessError):
    """A grave act that asks for the password again."""

    def __init__(self) -> None:
        super().__init__(
            "this act asks you to prove again who you are",
            where="this address",
            expected="a sign-in of the last minutes, by a person",
            found="an older one, or an API token",
            next_step="give your password and code again at /again, then repeat the act",
        )


class ForgeryError(core.AccessError):
    """A change that came from elsewhere than our own pages."""

    def __init__(self, found: str) -> None:
        super().__init__(
            "this change did not come from this page",
            where="this address",
            expected="a form of this site, with its hidden sign",
            found=found,
            next_step="open the page again and send the form once more",
        )
