from __future__ import annotations

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(run, shell):
    result = run("completion", shell)
    assert (result.exit_code, "_XENOTIME_COMPLETE" in result.stdout) == (0, True)


def test_another_shell_is_a_usage_error(run):
    assert run("completion", "tcsh").exit_code == 2
