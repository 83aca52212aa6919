"""The words of shipment answers and obligations, in English and Chinese."""

from __future__ import annotations

from types import MappingProxyType

from xenotime.programme.shipping.shipment import Reason

#: name -> (English, Chinese), both with the same parts in braces.
PHRASES: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "certificate.active": ("certificate {number} is active", "证书 {number} 有效"),
        "certificate.none": (
            "no certificate of the number {number} covers this end user",
            "没有编号为 {number} 且覆盖该最终用户的证书",
        ),
        "certificate.suspended": ("certificate {number} is suspended", "证书 {number} 已暂停"),
        "certificate.revoked": ("certificate {number} is revoked", "证书 {number} 已撤销"),
        "certificate.expired": (
            "certificate {number} ended on {until}",
            "证书 {number} 已于 {until} 到期",
        ),
        "certificate.not_yet": (
            "certificate {number} counts from {since} on",
            "证书 {number} 自 {since} 起生效",
        ),
        "organisation.active": ("{role} is registered and active", "{role}已登记且状态正常"),
        "organisation.none": ("{role} is not registered", "{role}未登记"),
        "organisation.restricted": (
            "{role} is restricted: an officer has to look at each shipment",
            "{role}受限制：每批货物须由官员审查",
        ),
        "organisation.state": ("{role} is {state}", "{role}状态为：{state}"),
        "date.near": ("the day of export {on} is near enough", "出口日期 {on} 在允许范围内"),
        "date.past": (
            "the day of export {on} lies before today: nothing is allowed after the fact",
            "出口日期 {on} 早于今日：不得事后准许",
        ),
        "date.far": (
            "the day of export {on} lies more than {days} days ahead",
            "出口日期 {on} 距今超过 {days} 天",
        ),
        "site.approved": ("the site {site} is approved and in scope", "场所 {site} 已获批准并在范围内"),
        "site.foreign": (
            "the site {site} is not in the certificate's scope, also if it belongs to the same company",
            "场所 {site} 不在证书范围内，即使属于同一公司",
        ),
        "site.unapproved": (
            "the site {site} is not approved on {on}",
            "场所 {site} 在 {on} 未获批准",
        ),
        "item.covered": (
            "every item lies under a code of the certificate",
            "所有物项均在证书所列管制编码之内",
        ),
        "item.outside": ("not in the certificate's items: {codes}", "不在证书物项范围内：{codes}"),
        "element.granted": ("the certificate grants an amount of each element", "证书对各元素均有核定数量"),
        "element.outside": (
            "the certificate grants no amount of {elements}",
            "证书未核定元素 {elements} 的数量",
        ),
        "end_use.covered": ("the end use is in scope", "最终用途在范围内"),
        "end_use.outside": ("the end use '{use}' is not in scope", "最终用途“{use}”不在范围内"),
        "end_use.stated": (
            "no certificate covers what is stated: {facts}",
            "所声明的情况不在任何证书范围内：{facts}",
        ),
        "route.covered": ("the route ends at the site, in {country}", "路线终点为场所所在地 {country}"),
        "route.elsewhere": (
            "the route ends in {end}, the site lies in {country}",
            "路线终点为 {end}，场所位于 {country}",
        ),
        "route.country": (
            "the route touches {countries}, which the certificate does not name",
            "路线经过证书未列明的 {countries}",
        ),
        "track.civil": ("civil track", "民用轨道"),
        "track.single": (
            "military-linked track: an individual licence stands behind this shipment",
            "涉军轨道：本批货物有单项许可",
        ),
        "track.none": (
            "military-linked track: nothing may be drawn without an individual licence",
            "涉军轨道：无单项许可不得动用额度",
        ),
        "licence.fits": ("licence {number} ({kind}) fits", "许可 {number}（{kind}）适用"),
        "licence.unsure": (
            "licence {number} fits if the user is not watch-listed, which is not settled",
            "若用户未列入关注名单则许可 {number} 适用，此点未定",
        ),
        "licence.none": ("no licence of the exporter is on record", "出口商没有登记在册的许可"),
        "licence.misfit": ("licence {number} does not fit: {fails}", "许可 {number} 不适用：{fails}"),
        "parties.clear": ("no list names any of the {count} parties", "{count} 个相关方均未见于任何名单"),
        "parties.weighed": (
            "on a list, as the law's answer takes into account: {hits}",
            "见于名单，法律判断已予考虑：{hits}",
        ),
        "parties.unsettled": (
            "may be on a list, a person has to settle it: {hits}",
            "可能见于名单，须由人员确认：{hits}",
        ),
        "parties.listed": (
            "on a list in force, a person has to decide: {hits}",
            "见于现行有效名单，须由人员决定：{hits}",
        ),
        "law.free": (
            "{code} needs no licence on {on}: conditions of the certificate do not bind it, records are kept",
            "{code} 在 {on} 不需许可：证书条件不适用，记录仍须保存",
        ),
        "law.stated": (
            "{code} is free on {on} only by what is stated of the goods or the way: a person looks",
            "{code} 仅凭对货物或路线的陈述在 {on} 不需许可：须由人员审查",
        ),
        "law.licence": ("{code} needs a licence on {on}", "{code} 在 {on} 需要许可"),
        "law.single": (
            "{code} is decided case by case on {on}: only an individual licence will do",
            "{code} 在 {on} 逐案审查：只能凭单项许可",
        ),
        "law.denied": ("{code} is presumed denied on {on}", "{code} 在 {on} 原则上不予许可"),
        "law.prohibited": ("{code} is prohibited on {on}", "{code} 在 {on} 禁止出口"),
        "law.open": (
            "the law gives no single answer for {code} on {on}: {outcome} ({missing})",
            "法律对 {code} 在 {on} 没有唯一答案：{outcome}（{missing}）",
        ),
        "quota.held": ("{grams} reserved under every cap", "已在各级额度下预留 {grams}"),
        "quota.short": (
            "cap {cap}: {asked} g of {element} asked, {free} g free of {grams} g",
            "额度 {cap}：申请 {element} {asked} 克，总量 {grams} 克中剩余 {free} 克",
        ),
        "quota.none": ("no cap allows any {element}", "没有任何额度允许 {element}"),
        "person.allowed": (
            "somebody of the authority looked at the doubts and allows it: {why}",
            "主管机关人员已审查疑点并予以允许：{why}",
        ),
        "person.refused": (
            "somebody of the authority looked at it and refuses it: {why}",
            "主管机关人员审查后不予允许：{why}",
        ),
        "condition.unknown": (
            "nobody can test the condition '{test}' by itself: a person has to look",
            "条件“{test}”无法自动核验：须由人员审查",
        ),
        "undertaking.there": (
            "the end user's undertaking to this exporter is on record before the shipment",
            "最终用户已在发货前向该出口商作出承诺",
        ),
        "undertaking.missing": (
            "no undertaking of the end user to this exporter is on record before the shipment",
            "发货前没有最终用户向该出口商作出的承诺",
        ),
        "notice.agreed": (
            "the notice period of {days} days was agreed in writing before the shipment",
            "通知期限 {days} 天已在发货前书面约定",
        ),
        "notice.missing": (
            "no notice period was agreed in writing before the shipment",
            "发货前没有书面约定通知期限",
        ),
        "civil.stated": ("civil end use only", "仅限民用"),
        "civil.broken": ("a military end use or user is stated", "声明了军事用途或军事用户"),
        "transfer.none": ("it is no transfer inside a country", "不属于境内转让"),
        "transfer.inside": (
            "a transfer inside {country} is not allowed, except to a certified user as the authority says",
            "不允许在 {country} 境内转让，主管机关另准者除外",
        ),
        "most.within": ("within {most} g of {element} a shipment", "每批 {element} 不超过 {most} 克"),
        "most.over": (
            "{grams} g of {element} are more than {most} g a shipment",
            "{element} {grams} 克超过每批 {most} 克",
        ),
        "use.named": ("the end use is one that the condition names", "最终用途符合条件所列"),
        "use.other": ("the condition allows only: {uses}", "条件只允许：{uses}"),
        "country.named": ("the destination is one that the condition names", "目的地符合条件所列"),
        "country.other": ("the condition allows only: {countries}", "条件只允许：{countries}"),
        "duty.met": ("nothing that is owed under the condition is late", "条件下的义务均未逾期"),
        "duty.late": ("late under the condition: {duties}", "条件下逾期的义务：{duties}"),
        "review.consent": ("the end user consents to on-site reviews", "最终用户同意现场检查"),
        "review.refused": ("the end user refused an on-site review", "最终用户拒绝现场检查"),
        "records.consent": ("records are kept and shown", "记录已保存并可出示"),
        "records.refused": ("records were not shown when asked for", "被要求时未出示记录"),
        "duty.annual_report": (
            "annual report for {year}: items, codes, amounts and values received under {subject}",
            "{year} 年度报告：凭 {subject} 收到的物项、编码、数量与价值",
        ),
        "duty.records": (
            "keep the records of {year} under {subject} until the day named",
            "保存 {subject} 项下 {year} 年记录至所示日期",
        ),
        "duty.review": ("on-site review under {subject}", "{subject} 项下的现场检查"),
        "duty.notice": (
            "tell the end user in writing which items went under {subject}",
            "书面告知最终用户哪些物项凭 {subject} 发运",
        ),
        "duty.undertaking": (
            "the end user's undertaking to the exporter {exporter} before the first shipment",
            "首次发货前最终用户向出口商 {exporter} 作出的承诺",
        ),
        "duty.notice_period": (
            "the notice period agreed in writing with the exporter {exporter}",
            "与出口商 {exporter} 书面约定的通知期限",
        ),
        "duty.downstream_notice": (
            "compliance notice to the next holder for {subject}",
            "就 {subject} 向下一持有人发出合规通知",
        ),
        "duty.humanitarian_report": (
            "report of the humanitarian shipment {subject}",
            "人道主义发运 {subject} 的报告",
        ),
        "duty.condition": ("condition of {subject}: {what}", "{subject} 的条件：{what}"),
        "duty.cure": ("put right: {what} ({subject})", "整改：{what}（{subject}）"),
        "duty.reminder": ("A reminder: {what}. Due on {due}.", "提醒：{what}。截止日期 {due}。"),
        "duty.step": (
            "{what} was due on {due} and is late. Step taken: {step}.",
            "{what} 截止日期为 {due}，现已逾期。已采取措施：{step}。",
        ),
        "step.warn": ("warning", "警告"),
        "step.restrict": ("restriction: an officer looks at each shipment", "限制：每批货物由官员审查"),
        "step.suspend": ("suspension of certificates", "暂停证书"),
        "step.revoke": ("withdrawal of certificates proposed", "提议撤销证书"),
        "title.reminder": ("Reminder of an obligation", "义务提醒"),
        "title.step": ("An obligation is late", "义务逾期通知"),
    }
)


def said(name: str, **parts: object) -> tuple[str, str]:
    """A phrase in English and Chinese with its parts filled in.

    >>> said("date.near", on="2026-11-22")
    ('the day of export 2026-11-22 is near enough', '出口日期 2026-11-22 在允许范围内')
    """
    english, chinese = PHRASES[name]
    return english.format(**parts), chinese.format(**parts)


def reason(check: str, met: bool | None, name: str, source: str = "", **parts: object) -> Reason:
    """A reason of a shipment answer in the words of a phrase."""
    english, chinese = said(name, **parts)
    return Reason(check, met, english, source, chinese)
