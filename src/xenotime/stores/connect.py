"""Spark Connect, which Apache Spark, Databricks and Sail speak: an address, a session, one way to fail."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xenotime.core.errors import InputError, XenotimeError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: How often a server that does not answer is asked again; the last time after about four seconds.
TRIES = 4
_SCHEME = "sc://"


def checked(address: str) -> str:
    """An address ``sc://host:port``. Raises InputError for any other text."""
    if not address.startswith(_SCHEME) or len(address) == len(_SCHEME):
        raise InputError(
            "this is no address of a cluster",
            where="--connect",
            expected="sc://host:port, with ;token=… and ;use_ssl=true where the server asks for it",
            found=address or "nothing",
            next_step="ask whoever runs the cluster for its Spark Connect address",
        )
    return address


@contextmanager
def connected(address: str, parts: str, server: str) -> Iterator[SparkSession]:
    """A session on the cluster at an address, closed in the end.

    `parts` are the parts of xenotime that are needed here, `server` says what the server must be. Raises
    InputError when the client is not installed, or the server cannot be reached or fails.
    """
    session = _open(address, parts, server)
    try:
        yield session
    except XenotimeError:
        raise
    except Exception as error:  # whatever a server or the wire throws is one failure to a person
        raise failed(address, server, error) from error
    finally:
        session.stop()


def failed(address: str, server: str, error: Exception) -> InputError:
    """Whatever a server or the wire said, as one failure in four parts."""
    said = str(error).strip().splitlines()
    return InputError(
        "the cluster did not do what it was asked",
        where=address,
        expected=server,
        found=said[0][:300] if said else type(error).__name__,
        next_step="see docs/howto/run-on-a-cluster.md; without --connect the run is made here",
    )


def _open(address: str, parts: str, server: str) -> SparkSession:
    try:
        with calm():
            from pyspark.sql import SparkSession  # noqa: PLC0415 - a part that only clusters need
    except ImportError as error:
        raise InputError(
            "the client of a cluster is not installed",
            where="--connect",
            expected="pyspark-client, pandas and pyarrow",
            found=error.name or str(error),
            next_step=f"install xenotime[{parts}]",
        ) from error
    try:
        with calm():
            session = SparkSession.builder.remote(address).create()
            _greet(session)
    except Exception as error:
        raise failed(address, server, error) from error
    return session


def _greet(session: SparkSession) -> None:
    """Ask the server for its version, a few times only: one that is not there is told within seconds."""
    from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415 - as above

    remote: Any = session
    client = remote.client
    usual = client.get_retry_policies()
    client.set_retry_policies([DefaultPolicy(max_retries=TRIES)])
    try:
        remote.version  # noqa: B018 - the question is asked by reading it
    except BaseException:
        remote.release_session_on_close = False  # there is nobody to tell
        remote.stop()
        raise
    client.set_retry_policies(usual)


@contextmanager
def calm() -> Iterator[None]:
    """Keep from a person what pyspark says of pandas, which is not used here, and of its own retries."""
    with warnings.catch_warnings():
        for says in ("PySpark does not yet fully support pandas", r"\[RETRIES_EXCEEDED\]"):
            warnings.filterwarnings("ignore", message=says)
        yield
