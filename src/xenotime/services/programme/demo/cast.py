"""Who takes part in the demo. Everybody and everything here is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xenotime.programme.access import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: account id, name, role, and the body an approver votes for."""

    id: str
    name: str
    role: str
    body: str = ""
    of: str = ""

    def actor(self, organisation: str = "") -> Actor:
        """The person as one who acts, for an organisation where the person is of one."""
        return Actor(self.id, self.role, organisation, self.body, fresh=True)


#: The authority's own people, and one applicant for each company (`of` is the company's key in `COMPANIES`).
PEOPLE: Mapping[str, Person] = MappingProxyType(
    {
        person.id: person
        for person in (
            Person("lin", "Lin Qiao (invented)", "officer"),
            Person("okafor", "Ada Okafor (invented)", "officer"),
            Person("trade", "Mika Sørensen (invented)", "approver", "trade"),
            Person("industry", "Rosa Valdés (invented)", "approver", "industry"),
            Person("security", "Jun Takeda (invented)", "approver", "security"),
            Person("auditor", "Ines Duarte (invented)", "auditor"),
            Person("customs", "Customs desk (invented)", "customs"),
            Person("operator", "Operator (invented)", "operator"),
            Person("wei", "Wei Lan (invented)", "applicant", of="lantern-hill"),
            Person("brandt", "Jonas Brandt (invented)", "applicant", of="alpenrose"),
            Person("mori", "Aiko Mori (invented)", "applicant", of="momijiya"),
            Person("hale", "Sam Hale (invented)", "applicant", of="tallsedge"),
        )
    }
)


@dataclass(frozen=True)
class Company:
    """An invented company: how it registers itself."""

    key: str
    name: str
    name_zh: str
    country: str
    role: str
    person: str
    form: Mapping[str, Any]


def _site(name: str, address: str, country: str, purpose: str) -> dict[str, str]:
    return {"name": name, "address": address, "country": country, "purpose": purpose}


def _owner(name: str, share: str, country: str, kind: str = "organisation") -> dict[str, str]:
    return {"name": name, "share": share, "country": country, "kind": kind}


def _product(name: str, site: str, use: str, yearly: int, **grams: int) -> dict[str, Any]:
    return {"name": name, "site": site, "end_use": use, "yearly": yearly, "grams": grams}


COMPANIES: Mapping[str, Company] = MappingProxyType(
    {
        company.key: company
        for company in (
            Company(
                "lantern-hill", "Ningbo Lantern Hill Magnetics Co., Ltd. (invented)",
                "宁波灯山磁业有限公司（虚构）", "CN", "exporter", "wei",
                {
                    "address": "1 Lantern Hill Road, Ningbo (invented)",
                    "activity": "Sintered magnets for motors since 2009; exports to three continents.",
                    "defence_business": False,
                    "sites": [_site("Ningbo works", "1 Lantern Hill Road, Ningbo", "CN", "sintering")],
                    "owners": [_owner("Founders of Lantern Hill (invented)", "100", "CN", "person")],
                },
            ),
            Company(
                "alpenrose", "Alpenrose Antriebe GmbH (invented)", "阿尔卑斯玫瑰驱动有限公司（虚构）",
                "DE", "end_user", "brandt",
                {
                    "address": "Enzianweg 4, 87000 Kempten (invented)",
                    "activity": "Traction motors for electric cars since 2014.",
                    "defence_business": False,
                    "sites": [
                        _site("Kempten", "Enzianweg 4, Kempten", "DE", "rotor assembly"),
                        _site("Zwickau", "Am Schacht 9, Zwickau", "DE", "motor assembly"),
                    ],
                    "owners": [
                        _owner("Alpenrose Holding AG (invented)", "80", "DE"),
                        _owner("Staff foundation of Alpenrose (invented)", "20", "DE"),
                    ],
                    "products": [_product("motor AX-120", "Kempten", "vehicles", 20_000, Dy=60, Tb=8)],
                },
            ),
            Company(
                "momijiya", "Momijiya Seiki K.K. (invented)", "红叶屋精机株式会社（虚构）",
                "JP", "end_user", "mori",
                {
                    "address": "7 Kaede-cho, Nagano (invented)",
                    "activity": "Joint motors for service robots since 2001.",
                    "defence_business": False,
                    "sites": [_site("Nagano", "7 Kaede-cho, Nagano", "JP", "motor winding")],
                    "owners": [_owner("Momijiya family office (invented)", "100", "JP")],
                    "products": [_product("joint motor J-8", "Nagano", "robots", 10_000, Dy=20)],
                },
            ),
            Company(
                "tallsedge", "Tallsedge Coatings Co. (invented)", "高草涂层公司（虚构）",
                "US", "end_user", "hale",
                {
                    "address": "300 Sedge Street, Duluth (invented)",
                    "activity": "Thermal coatings for turbines: power stations, and naval vessels.",
                    "defence_business": True,
                    "government_links": "Contracts with a shipyard; 38 % of sales are defence (invented).",
                    "sites": [
                        _site("Mill", "300 Sedge Street, Duluth", "US", "coating of stationary turbines"),
                        _site("Yard", "12 Harbour Row, Duluth", "US", "coating of ship turbines"),
                    ],
                    "owners": [_owner("Tallsedge Group (invented)", "100", "US")],
                    "products": [_product("coated blade", "Mill", "energy", 4_000, Y=120)],
                },
            ),
        )
    }
)  # fmt: skip
