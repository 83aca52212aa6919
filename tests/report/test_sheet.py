from __future__ import annotations

from xenotime.report.sheet import environment, sheet, style


def test_the_policy_changes_with_the_style():
    assert sheet()["policy"] != sheet(style("own.css"))["policy"]
    assert sheet(style("own.css"))["style"].endswith(style("own.css"))


def test_a_template_escapes_and_disarms_what_it_prints():
    made = environment().from_string("{{ a }} {{ b }}")
    assert made.render(a="<b>", b="=1+1") == "&lt;b&gt; &#39;=1+1"
