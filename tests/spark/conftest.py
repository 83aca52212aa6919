"""Apache Spark itself for tests: its Connect server, over each kind of master."""

from __future__ import annotations

from pathlib import Path

import pyspark
import pytest
from tests.fixtures.apache import missing, serving

HOME = Path(pyspark.__file__).parent
#: A short life: start quickly.
QUICK = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
#: One process with two threads, as a person starts it; and a master with two workers, processes of their own,
#: which read each expression instead of compiling it.
MASTERS = {
    "local[2]": QUICK,
    "local-cluster[2,1,1024]": {
        **QUICK,
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    },
}


@pytest.fixture(scope="session", params=list(MASTERS))
def address(request, tmp_path_factory):
    """The address of a Connect server of Apache Spark, over each kind of master. Fails without Java."""
    if missing():
        pytest.fail(missing(), pytrace=False)
    folder = tmp_path_factory.mktemp("spark")
    with serving(HOME, request.param, folder, MASTERS[request.param]) as found:
        yield found
