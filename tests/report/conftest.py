"""A made-up portfolio, decided by hand: every outcome, two hinges, licences, lists and the 0.1 % test."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from xenotime.core.truth import Truth
from xenotime.law.answer import (
    Assumption,
    BranchAnswer,
    Channel,
    Coverage,
    Duty,
    Explanation,
    MissingFact,
    Note,
    Outcome,
    PredicateTrace,
    RuleTrace,
    TreeTrace,
)
from xenotime.parties.matching.match import Alignment, Evidence, Match, Pair, PartyQuery
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.report.holders import Branch, Entry, Owned, Ruling
from xenotime.services.results import Action, Ahead, Ask, Assessment, Hit, Leg, Segment, ValueShare
from xenotime.services.screening.record import (
    HIT,
    NO_HIT,
    REVIEW,
    Answer,
    Mark,
    Screening,
    Settings,
    Tombstone,
    Used,
)
from xenotime.services.screening.record import Hit as Found

KNOWN = date(2026, 11, 21)
LAW = "5f1c9a7e02d84b6f9c3e7715aa20cc41"
A18 = "cn/mofcom-2025-18/1C902"
A57 = "cn/mofcom-2025-57/1C905"
A61 = "cn/mofcom-2025-61/1.1"
ECL12 = "cn/export-control-law/12"
LIST = "cn/mofcom-2025-21/1"
HINGE = "cn/mofcom-2025-70"
PAUSE = "cn/mofcom-2025-21"

TEXTS = {
    A18: "Samarium metal, samarium-cobalt alloys and permanent magnets, targets and oxides (钐钴永磁材料) "
    "leave China only with a licence of the commerce department (国务院商务主管部门). "
    "The form decides, not the customs number.",
    A57: "Holmium metal, alloys, targets, oxides and mixtures (钬) leave China only with a licence.",
    A61: "Magnets, targets and what holds them (附件1第二部分), made outside China, need a licence to move "
    "between other countries when Chinese items of Part 1 make up at least 0.1 % of their value.",
    ECL12: "An exporter who knows, or is told, that goods off the lists endanger security or serve weapons "
    "of mass destruction needs a licence (全面管控).",
    LIST: "Dual-use items must not be exported to the named parties (出口管制管控名单).",
}
TITLES = {
    A18: "samarium items",
    A57: "holmium items",
    A61: "foreign-made magnets with Chinese content",
    ECL12: "catch-all",
    LIST: "export control list of 9 April 2025",
}


def leaf(name: str, value: Truth, sentence: str, *facts: tuple[str, str], detail: str = "") -> TreeTrace:
    """A named condition as a tree of one."""
    return TreeTrace("leaf", value, PredicateTrace(name, value, sentence, facts, detail))


def node(op: str, value: Truth, *children: TreeTrace, label: str = "") -> TreeTrace:
    """A joined node."""
    return TreeTrace(op, value, None, label, children)


def rule(address: str, tree: TreeTrace, **changes: object) -> RuleTrace:
    """One article with its tree, in force and official unless changed."""
    made = RuleTrace(
        address=address,
        title=TITLES.get(address, address),
        text=TEXTS.get(address, "Own words of the article."),
        question="controlled",
        answer="licence",
        binds="exporter in China",
        status="in_force",
        status_by="since 2025-04-04",
        holds=tree.value,
        tree=tree,
        confidence="O",
        sources=("S1", "S2"),
    )
    return replace(made, **changes)


def samarium(holds: Truth = True) -> RuleTrace:
    """Article 18: true, false or unknown."""
    return rule(
        A18,
        node(
            "all",
            holds,
            leaf(
                "leaves_mainland", True, "The goods leave the Chinese mainland.", ("from", "CN"), ("to", "CH")
            ),
            node(
                "any",
                holds,
                leaf(
                    "item_18",
                    holds,
                    "The item is on the list of Announcement 18 (1C902.a.2).",
                    ("kind", "magnet"),
                    ("material", "SmCo"),
                ),
                leaf(
                    "assembly", False, "The item is not an assembly that holds one.", ("holds_magnet", "no")
                ),
            ),
            node(
                "not",
                True,
                leaf("bonded", False, "It does not stay inside a bonded zone.", ("bonded_move", "no")),
            ),
        ),
    )


def far(number: int) -> RuleTrace:
    """An article that does not apply, one of many."""
    why = f"The item is not a technology of step {number % 4}."
    return rule(
        f"cn/mofcom-2025-62/{number}",
        node("all", False, leaf(f"step_{number}", False, why, ("technology_area", "none"))),
        title=f"technology of step {number}",
    )


def magnets(low: str, high: str) -> RuleTrace:
    """Article 61 with its value floor."""
    return rule(
        A61,
        node(
            "all",
            True,
            leaf(
                "moved_outside_china",
                True,
                "It moves between countries other than China.",
                ("from", "EE"),
                ("to", "DE"),
            ),
            leaf(
                "annex1_part2",
                True,
                "The item is a magnet of Annex 1 Part 2.",
                ("kind", "magnet"),
                ("material", "SmCo"),
            ),
            leaf(
                "value_floor_item",
                True,
                "Chinese Part 1 items reach 0.1 % of the value.",
                ("cn_part1_value", "100.00"),
                ("item_value", "100000.00"),
                detail=f"{low} to {high} of the item's value; the line is 1/1000",
            ),
        ),
        status="unverified",
        status_by="suspended through 2026-11-10 by cn/mofcom-2025-70",
        confidence="O",
        sources=("S17", "S19"),
        binds="overseas exporter",
    )


def explain(
    outcome: Outcome, on: date, deciding: str, rules: tuple[RuleTrace, ...], **changes: object
) -> Explanation:
    """One decision with its far rules behind it."""
    made = Explanation(
        on=on,
        known=KNOWN,
        law_hash=LAW,
        outcome=outcome,
        low=outcome,
        high=outcome,
        rule=deciding,
        rules=(*rules, *(far(number) for number in range(1, 9))),
        facts=(
            ("from", "CN"),
            ("to", "CH"),
            ("kind", "magnet"),
            ("material", "SmCo"),
            ("el_sm", "yes"),
            ("red_flag", "unknown"),
        ),
    )
    return replace(made, **changes)


ASSUMING = (
    Assumption("red_flag", "no", "no red flag was stated", "project"),
    Assumption("processing", "primary", "loose goods are taken as primary processed", "project"),
)
DUTIES = (
    Duty(
        "cn/order-792/21",
        "declaration",
        "Declare the control code on the customs form.",
        "exporter",
        "customs",
        "at export",
        None,
        "O",
    ),
    Duty(
        "cn/order-792/37",
        "records",
        "Keep contracts, papers and end-user statements.",
        "exporter",
        "",
        "5 years from export",
        (date(2030, 4, 5), date(2030, 4, 5)),
        "O",
    ),
)
CHANNELS = (
    Channel(
        "individual",
        True,
        (),
        "cn/order-792/16",
        ("application form", "contract", "end-user statement (最终用户证明)"),
        "45 working days from acceptance",
        "up to 1 year",
    ),
    Channel(
        "general",
        None,
        ("The exporter's record of licences is not stated.",),
        "cn/order-792/17",
        ("compliance system report",),
        "45 working days from acceptance",
        "up to 3 years",
    ),
    Channel("registration", False, ("It is none of the registration cases.",), "cn/order-792/19"),
)
NOTES = (
    Note(
        "cn/faq-2025-04/3",
        "practice",
        "Authorities have said that motors are generally outside; that is practice, not an exemption.",
        "P",
        ("S10",),
    ),
)


def licence_case(on: date) -> Explanation:
    """Sm2Co17 rings to a civil buyer: a licence is needed."""
    return explain(
        Outcome.LICENCE,
        on,
        A18,
        (samarium(),),
        code="1C902",
        assuming=ASSUMING,
        duties=DUTIES,
        channels=CHANNELS,
        notes=NOTES,
        coverage=(
            Coverage("GL-1", "general", True),
            Coverage("IL-7", "individual", False, ("destination", "date")),
        ),
    )


def free_case(on: date) -> Explanation:
    """Nothing applies."""
    return explain(Outcome.NOT_CONTROLLED, on, "", (samarium(False),))


def hinge_case(on: date) -> Explanation:
    """A magnet between third countries after the suspension's stated end."""
    return explain(
        Outcome.UNVERIFIED,
        on,
        A61,
        (magnets("1/1000", "1/1000"), samarium(False)),
        code="Annex 1 Part 2",
        low=Outcome.NOT_CONTROLLED,
        high=Outcome.LICENCE,
        branches=(
            BranchAnswer(
                HINGE,
                "extended",
                Outcome.NOT_CONTROLLED,
                False,
                date(2026, 11, 11),
                ("Press of September 2026 expects an extension (P).",),
            ),
            BranchAnswer(HINGE, "revived", Outcome.LICENCE, True, date(2026, 11, 11)),
        ),
        assuming=ASSUMING[:1],
    )


def unknown_case(on: date) -> Explanation:
    """Dysprosium oxide to a buyer whose military status is not stated."""
    return explain(
        Outcome.UNDETERMINED,
        on,
        A18,
        (samarium(None),),
        low=Outcome.LICENCE,
        high=Outcome.PROHIBITED,
        missing=(
            MissingFact(
                "military_user",
                "Is any end user, importer or consignee a military user?",
                "customer",
                ("licence", "prohibited"),
            ),
            MissingFact(
                "kind",
                "What is the item: metal, alloy, target, magnet, oxide, compound, assembly, motor, …?",
                "engineering",
                ("not_controlled", "licence"),
            ),
        ),
    )


def listed_case(on: date) -> Explanation:
    """The consignee is on the control list."""
    listed = rule(
        LIST,
        node(
            "all",
            True,
            leaf("leaves_mainland", True, "The goods leave the Chinese mainland.", ("from", "CN")),
            leaf("listed_here", True, "A party of the shipment is on this list.", ("consignee", "Echodyne")),
        ),
        question="banned",
        answer="prohibited",
    )
    return explain(Outcome.PROHIBITED, on, LIST, (listed, samarium()), duties=DUTIES[1:])


def open_case(on: date) -> Explanation:
    """Hong Kong as a destination: two lawful readings."""
    return explain(
        Outcome.OPEN,
        on,
        A18,
        (samarium(),),
        low=Outcome.NOT_CONTROLLED,
        high=Outcome.LICENCE,
        readings=(
            ("export", "licence", "a move to Hong Kong is an export"),
            ("inside", "none", "a move to Hong Kong stays inside China"),
        ),
    )


def clash_case(on: date) -> Explanation:
    """Two articles that contradict."""
    return explain(
        Outcome.CONFLICT, on, A18, (samarium(), rule(ECL12, samarium().tree)), conflict=(A18, ECL12)
    )


def simple(outcome: Outcome):
    """An outcome without more to it."""
    return lambda on: explain(outcome, on, A18, (replace(samarium(), answer=outcome.word),))


CASES = (
    licence_case,
    licence_case,
    free_case,
    hinge_case,
    unknown_case,
    free_case,
    listed_case,
    open_case,
    licence_case,
    hinge_case,
    simple(Outcome.CASE_BY_CASE),
    simple(Outcome.PRESUMED_DENIED),
    simple(Outcome.REPORT),
    clash_case,
    free_case,
    licence_case,
    hinge_case,
)
ROUTES = (
    ("CN", "CH"),
    ("CN", "DE"),
    ("CN", "US"),
    ("EE", "DE"),
    ("CN", "US"),
    ("JP", "DE"),
    ("CN", "US"),
    ("CN", "HK"),
    ("CN", "JP"),
    ("EE", "DE"),
    ("DE", "US"),
    ("CN", "KR"),
    ("CN", "FR"),
    ("CN", "DE"),
    ("VN", "JP"),
    ("CN", "JP"),
    ("MY", "DE"),
)
GOODS = (
    ("RING-27", "Sm2Co17 rings, 27 mm"),
    ("ROT-4", "rotor 4-pole, NdFeB"),
    ("DY-OX", "dysprosium oxide 99.9 %"),
    ("MAG-SC", "SmCo magnet lot"),
    ("SENS-2", "position sensor"),
    ("HO-M", "holmium metal"),
    ("EVIL", '=HYPERLINK("http://example.invalid","x")'),
    ("TGT-GD", "钆铁靶材 (Gd-Fe target)"),
)


def make_leg(number: int) -> Leg:
    """Leg number `number` of the made-up portfolio."""
    on = date(2025, 1, 8) + timedelta(days=(number * 17) % 720)
    start, end = ROUTES[(number + number // 17 * 3) % len(ROUTES)]
    exp = CASES[number % len(CASES)](on)
    product, name = GOODS[number % len(GOODS)]
    listed = exp.outcome is Outcome.PROHIBITED
    hits = (
        Hit(
            "P9",
            "Echodyne",
            LIST,
            "Export control list of 9 April 2025",
            "12",
            "Echodyne",
            "name",
            True,
            99,
            date(2025, 4, 9),
            "in_force",
        ),
    )
    return Leg(
        shipment=f"SH-{number // 2 + 1:04d}" if number % 11 == 10 else f"SH-{number + 1:04d}",
        leg=2 if number % 11 == 10 else 1,
        on=on,
        from_country=start,
        to_country=end,
        product=product,
        product_name=name,
        quantity=None if number % 13 == 5 else Decimal(20 + number % 7 * 15),
        unit="kg",
        value=Decimal("1200.50") * (number % 9 + 1),
        currency="USD",
        exporter="Baltic Magnet Works OÜ",
        consignee="Echodyne" if listed else "Helvetia Drives AG",
        end_user="Helvetia Drives AG",
        status="planned" if on > KNOWN else "shipped",
        note="",
        explanation=exp,
        share=ValueShare(
            "at or above", "1/1000", "9999/1000000", "0.1 %", "0.9999 %", ("price of SUB-3 on 2026-12-15",)
        )
        if exp.outcome is Outcome.UNVERIFIED
        else None,
        hits=hits if listed else (),
    )


TIMELINE = (
    Segment(A18, TITLES[A18], "not_yet", date(2025, 1, 1), date(2025, 4, 3), ""),
    Segment(A18, TITLES[A18], "in_force", date(2025, 4, 4), None, "cn/mofcom-2025-18"),
    Segment("cn/mofcom-2025-18/1C903", "gadolinium items", "not_yet", date(2025, 1, 1), date(2025, 4, 3), ""),
    Segment(
        "cn/mofcom-2025-18/1C903", "gadolinium items", "in_force", date(2025, 4, 4), None, "cn/mofcom-2025-18"
    ),
    Segment(A57, TITLES[A57], "not_yet", date(2025, 1, 1), date(2025, 11, 7), ""),
    Segment(A57, TITLES[A57], "suspended", date(2025, 11, 8), date(2026, 11, 10), HINGE),
    Segment(A57, TITLES[A57], "unverified", date(2026, 11, 11), None, HINGE),
    Segment(A61, TITLES[A61], "not_yet", date(2025, 1, 1), date(2025, 11, 6), ""),
    Segment(A61, TITLES[A61], "suspended", date(2025, 11, 7), date(2026, 11, 10), HINGE),
    Segment(A61, TITLES[A61], "unverified", date(2026, 11, 11), None, HINGE),
    Segment(LIST, TITLES[LIST], "not_yet", date(2025, 1, 1), date(2025, 4, 8), ""),
    Segment(LIST, TITLES[LIST], "in_force", date(2025, 4, 9), date(2025, 5, 13), "cn/mofcom-2025-21"),
    Segment(LIST, TITLES[LIST], "suspended", date(2025, 5, 14), date(2026, 11, 9), PAUSE),
    Segment(LIST, TITLES[LIST], "unverified", date(2026, 11, 10), None, PAUSE),
    Segment(ECL12, TITLES[ECL12], "in_force", date(2020, 12, 1), None, "cn/export-control-law"),
)


def assess(number: int) -> Assessment:
    """A portfolio of `number` legs, decided."""
    legs = tuple(make_leg(place) for place in range(number))
    touched = tuple(
        dict.fromkeys(leg.shipment for leg in legs if leg.explanation.outcome is Outcome.UNVERIFIED)
    )
    unknown = tuple(
        dict.fromkeys(leg.shipment for leg in legs if leg.explanation.outcome is Outcome.UNDETERMINED)
    )
    return Assessment(
        portfolio="magnet-maker",
        known=KNOWN,
        law_hash=LAW,
        law_title="Chinese rare-earth export controls, 38 instruments",
        strict=False,
        branches={},
        legs=legs,
        counts=Counter(leg.explanation.outcome.word for leg in legs),
        actions=(
            Action(
                (date(2026, 10, 31), date(2026, 10, 31)),
                "Report the export of May to the provincial office.",
                "cn/mofcom-2026-26/2",
                ("SH-0003",),
            ),
            Action(
                (date(2026, 12, 4), date(2026, 12, 4)),
                "Apply for an individual licence so that the 45 working days end before the shipment.",
                "cn/order-792/16",
                tuple(leg.shipment for leg in legs[:7]),
            ),
            Action(
                (date(2027, 1, 5), date(2027, 1, 12)),
                "Notify the change of end user.",
                "cn/order-792/23",
                ("SH-0009",),
            ),
            Action(
                None,
                "Keep a compliance notice with the goods.",
                "cn/mofcom-2025-61/7",
                ("SH-0004", "SH-0010"),
            ),
        ),
        ahead=(
            Ahead(
                date(2026, 11, 11),
                "First day after the suspension's stated end; no source says what followed.",
                HINGE,
                touched,
                "Announcements of the Ministry of Commerce, section Security and Control",
            ),
            Ahead(date(2026, 11, 30), "Licence GL-1 ends.", "GL-1", ("SH-0001", "SH-0009")),
        ),
        asks=(
            Ask(
                "military_user",
                "Is any end user, importer or consignee a military user?",
                "customer",
                unknown,
            ),
            Ask(
                "kind",
                "What is the item: metal, alloy, target, magnet, oxide, compound, assembly, motor, …?",
                "engineering",
                unknown[:1],
            ),
        ),
        timeline=TIMELINE,
        warnings=("2 near misses on party lists wait for review.",),
    )


SOURCES = {
    "S1": {
        "what": "Announcement 18 of 2025, Chinese copy",
        "url": "https://example.invalid/18",
        "day": "2025-04-04",
        "tag": "O",
    },
    "S17": {
        "what": "Announcement 61 of 2025, extraction",
        "url": "https://example.invalid/61",
        "day": "2025-10-09",
        "tag": "X",
    },
    "S10": {
        "what": "Questions and answers no. 5",
        "url": "javascript:alert(1)",
        "day": "2025-09-16",
        "tag": "O",
    },
}


@pytest.fixture(scope="session")
def sample() -> Assessment:
    """Forty legs with every outcome."""
    return assess(40)


@pytest.fixture(scope="session")
def big() -> Assessment:
    """Three hundred legs."""
    return assess(300)


@pytest.fixture(scope="session")
def sources():
    """A small register, one entry of which is hostile."""
    return SOURCES


BODIES = {
    "listed": "Listed Works",
    "other": "Other Listed Works",
    "middle": "Middle Holding",
    "fund": "Fund of Nobody in Particular",
    "target": "Target Magnets",
    "trusted": "Trusted Powders",
    "spared": "Spared Alloys",
    "below": "Below Metals",
    "pair": "Pair Sintering",
}
#: Owner, owned, least and most held [percent; None: not known], kind.
HELD = (
    ("listed", "middle", 60, 60, "shares"),
    ("middle", "target", 50, 50, "shares"),
    ("fund", "target", 0, None, "shares"),
    ("fund", "target", 0, None, "control"),
    ("fund", "trusted", 30, 30, "nominee"),
    ("listed", "spared", 20, 20, "shares"),
    ("fund", "spared", 80, 80, "shares"),
    ("spared", "below", 70, 70, "shares"),
    ("listed", "pair", 25, 25, "shares"),
    ("other", "pair", 25, 25, "shares"),
)
DAY = date(2026, 1, 5)


def _structure(names):
    bodies = tuple(Body(i, names.get(i, name)) for i, name in BODIES.items())
    shares = [
        Holding(
            f"h{n}",
            owner,
            owned,
            Fraction(low, 100),
            None if high is None else Fraction(high, 100),
            kind=kind,
        )
        for n, (owner, owned, low, high, kind) in enumerate(HELD, 1)
    ]
    return Structure(bodies, tuple(shares), (Finding("a row names no share", "row 12"),))


@pytest.fixture
def half():
    """Makes an ownership rule: half or more, all owners together, unless changed."""
    return lambda name, **changes: OwnershipRule(name, f"Rule {name}", f"xx/{name}/1", **changes)


@pytest.fixture
def owned(half):
    """Answers an ownership question on made-up data, as reports take it."""

    def ask(party="target", rules=None, *, settled=False, names=None):
        twice = (Listing("us-ofac-sdn/1", "sdn"), Listing("us-ofac-sdn/1", "named"))
        listings = {"listed": twice, "other": (Listing("us-ofac-sdn/2", "sdn"),)}
        branches = (
            Branch("xx/pause", "revived", "in_force", True),
            Branch("xx/pause", "extended", "suspended"),
        )
        found = []
        for one in rules or [half("half")]:
            counting = {} if one.counts == ("other",) else {"listed": True, "other": True}
            made = resolve(_structure(names or {}), one, counting, DAY, [party], listings if counting else {})
            found.append(Ruling(made, "unverified", "xx/pause", branches, settled=settled))
        entry = Entry("listed", "us-ofac-sdn/1", "LISTED WORKS", True, "same name", "listed")
        return Owned(party, DAY, KNOWN, tuple(found), (entry,), ("A list is old.",), ("register.csv",))

    return ask


NEAR = Match(
    "P1",
    "Northgate Defense Holdings (Shanghai) Ltd",
    "us-list",
    "9001",
    "NORTHGATE DEFENCE HOLDING COMPANY",
    date(2024, 1, 1),
    83,
    sure=False,
    ruled_out=False,
    alignment=Alignment(
        "latin",
        (Pair("northgate", "northgate", "same", 100, 30), Pair("defense", "defence", "spelling", 92, 10)),
        ("shanghai",),
        ("company",),
        (),
        812,
    ),
    evidence=(
        Evidence("name", "same", "two words are the same or nearly so", 52),
        Evidence("country", "different", "CN is not US", -8),
        Evidence("identifier", "unknown", "no number on both sides"),
    ),
)
APART = replace(
    NEAR,
    party="P2",
    written="Invented Southern Rare Earth",
    entry="3",
    entry_name="Invented Northern Rare Earth <script>alert(1)</script>",
    score=9,
    ruled_out=True,
    alignment=Alignment(
        "latin",
        (Pair("invented", "invented", "same", 100, 9),),
        ("southern", "rare"),
        ("northern",),
        ("direction: south against north",),
        400,
    ),
    evidence=(Evidence("name", "different", "south excludes north", -60),),
)
SURE = replace(
    NEAR, party="P3", written="示例公司", entry_name="示例公司", score=99, sure=True, alignment=None
)


@pytest.fixture
def matches():
    """A hit to be reviewed, one ruled out by a contradiction, and one that is sure by its number."""
    return NEAR, APART, SURE


@pytest.fixture
def screening():
    """A screening of five parties, one of them erased, and as many generated ones as asked for."""
    lists = (
        Used("us-list", "Invented list", "ab" * 32, date(2026, 10, 1), 18001, "this copy is 52 days old"),
        Used("cn/one", "Another list", "cd" * 32, None, 16),
    )

    def make(more=0):
        cleared = Mark("cleared", "deadbeef0011", "cleared by A. Analyst, because the number differs")
        answers = [
            Answer(PartyQuery("P1", NEAR.written), "f", REVIEW, (Found(NEAR, "listed", "e", True),)),
            Answer(
                PartyQuery("P2", APART.written), "f", NO_HIT, (Found(APART, "paused", "e", False, cleared),)
            ),
            Answer(PartyQuery("P3", SURE.written), "f", HIT, (Found(SURE, "listed", "e", True),)),
            Answer(PartyQuery("P4", "=HYPERLINK(1)\u202e", country="DE"), "f", NO_HIT),
            Answer(PartyQuery("", ""), "f", NO_HIT, erased=Tombstone("x", DAY, "asked for")),
        ]
        for number in range(more):
            hit = Found(replace(NEAR, party=f"Q{number}"), "listed", "e", True)
            answers.append(Answer(PartyQuery(f"Q{number}", f"Generated {number}"), "f", REVIEW, (hit,)))
        settings = Settings(50, 50, "names-1", "")
        return Screening(KNOWN, KNOWN, "A. Analyst", lists, settings, tuple(answers))

    return make
