"""Apache Spark itself for tests: its Connect server, started from its own Python package. It needs Java."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pyspark
import pytest

HOME = Path(pyspark.__file__).parent
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
#: How long the server may take to start [seconds].
PATIENCE = 180


def java():
    """Where Java is. Fails when there is none, for without it nothing here can be shown."""
    found = shutil.which("java")
    if found is None:
        pytest.fail(
            "Apache Spark needs a Java runtime of version 17 or newer, and none is on the path.\n"
            "  next: apt-get install -y default-jre-headless, then make test-spark again",
            pytrace=False,
        )
    return found


#: One process with two threads, as a person starts it; and a master with two workers, processes of their own,
#: which read each expression instead of compiling it.
MASTERS = {
    "local[2]": {},
    "local-cluster[2,1,1024]": {
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    },
}


@pytest.fixture(scope="session", params=list(MASTERS))
def address(request, tmp_path_factory):
    """The address of a Connect server of Apache Spark, over each kind of master."""
    java()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("spark")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command(request.param, port),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1"},
        )
    try:
        wait(process, port, folder / "log")
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def command(master, port):
    """The command that starts a Connect server on a master."""
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.ui.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # a short life: start quickly
        "spark.sql.shuffle.partitions": "2",
        **MASTERS[master],
    }
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    return [
        str(HOME / "bin" / "spark-submit"),
        "--master",
        master,
        "--class",
        SERVER,
        *options,
        "spark-internal",
    ]


def wait(process, port, log):
    """Return once the port is open; fail with the end of the log if it never is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    pytest.fail(
        f"the Connect server did not start:\n{log.read_text('utf-8', 'replace')[-2_000:]}", pytrace=False
    )
