"""The command: what it refuses before anything starts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from xenotime.core.errors import InputError
from xenotime.web.serve import serve


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "only a production server"),  # noqa: S104 - the very address that is refused
        (["--host", "192.168.1.5"], "only a production server"),
        (["--demo", "--host", "::"], "only a production server"),
        (["--production", "--demo"], "a demo is no production"),
        (["--production"], "production needs HTTPS"),
        (["--production", "--url", "http://programme.example"], "production needs HTTPS"),
    ],
)
def test_what_would_show_a_trial_to_the_world_is_refused(options, says):
    with pytest.raises(InputError, match=says):
        CliRunner().invoke(serve, options, catch_exceptions=False, standalone_mode=False)


def test_help_loads_no_server():
    heavy = "('fastapi', 'uvicorn', 'sqlalchemy')"
    code = f"import sys; import xenotime.web.serve; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
