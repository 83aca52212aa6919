"""The findings of vetting in Chinese: the same answers that `vetting` gives in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xenotime.parties.military.evidence import Verdict
from xenotime.services.owners import Owned
from xenotime.services.programme.parties.lawful import Answer

#: Rules of ownership by their article.
RULES: Mapping[str, str] = {
    "cn/mofcom-2025-61/2": "商务部公告2025年第61号（境外稀土物项）",
    "us/bis-2025-affiliates/1": "美国工业与安全局2025年9月29日临时最终规则（列名实体的关联方，90 FR 47201）",
    "us/ofac-50-percent/1": "美国外国资产控制办公室（被冻结人士持有50%以上的实体）",
}
HELD: Mapping[str, str] = {"certainly": "确定被持有", "possibly": "可能被持有", "not": "未被持有"}
STANDING: Mapping[str, str] = {
    "in_force": "施行中",
    "suspended": "暂停实施",
    "unverified": "待核实",
    "not_yet": "尚未施行",
    "repealed": "已废止",
}
TRUTHS: Mapping[str, str] = {"yes": "有", "no": "无", "unknown": "未知"}
#: Lines of the military policy by their id.
LINES: Mapping[str, str] = {
    "named": "军事用户名单点名该方，场所核查不改变这一点。",
    "clash": "双方均有决定性证据。",
    "decisive": "决定性证据表明有军事关联，且无同等分量的民用证据。",
    "twice": "两项种类与来源不同的有力证据表明有军事关联，单纯声明不足以抵消。",
    "strong": "有力证据表明有军事关联，民用一方只有薄弱证据。",
    "disputed": "有力证据表明有军事关联但存在争议，声明或核查不足以定论。",
    "checked": "对该场所的近期核查只见民用作业，且无有力的相反证据。",
    "declared": "已知情况表明为民用，军事一方只有薄弱证据。",
    "divided": "证据指向不一，任何一方均不足以定论。",
    "pointing": "有迹象指向军事关联，但不足以定论。",
    "thin": "民用一方的证据过弱或过旧，不足以否定军事关联。",
    "silent": "双方均无已知信息。",
}
OUTCOMES: Mapping[str, str] = {
    "prohibited": "禁止",
    "presumed_denied": "原则上不予许可",
    "case_by_case": "逐案审查",
    "licence": "需要许可",
    "report": "需要报告",
    "not_controlled": "不受管制",
    "unknown_code": "法律物项表中没有此编码",
    "open": "文本未定",
    "undetermined": "缺少事实",
    "unverified": "待核实",
    "conflict": "条文矛盾",
}


def share(low: Any, high: Any) -> str:  # noqa: ANN401 - two fractions
    """A share from one fraction to another, in percent."""
    first, last = (f"{part * 100}" for part in (low, high))
    return f"{first} %" if first == last else f"{first} to {last} %"


def unlisted(names: int) -> str:
    """No list names anybody.

    >>> unlisted(4)
    '所询 4 个名称均未见于任何名单'
    """
    return f"所询 {names} 个名称均未见于任何名单"


def listed(name: str, entry: str, title: str, score: Any, *, sure: bool) -> str:  # noqa: ANN401 - a number
    """A list names a party, or may."""
    verb = "是" if sure else "可能是"
    return f"{name} {verb}「{title}」所列的 {entry}（{score} %）"


def owned(found: Owned, word: str, part: str) -> str:
    """Whether listed parties hold it, under a rule that stands or not."""
    rule, status = found.rule, found.status.status
    title, how = RULES.get(rule.article, rule.title), part.replace(" to ", " 至 ")
    return f"{title}：{HELD.get(word, word)}（{how}）；规则{STANDING.get(status, status)}"


def military(verdict: Verdict) -> str:
    """Whether there is a military link of the organisation or of a site, and the line that says so."""
    place = f"场所 {verdict.subject.site}" if verdict.subject.site else "该组织"
    why = LINES.get(verdict.line, verdict.says)
    return f"{place}的军事关联：{TRUTHS[verdict.word]}。{why}"


def law(answer: Answer) -> str:
    """What the law says of an item."""
    name = answer.name_zh or answer.name
    return f"{answer.code}：{OUTCOMES.get(answer.outcome, answer.outcome)}{f'（{name}）' if name else ''}"
