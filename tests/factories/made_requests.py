"""Requests made from a seed: all versions, usual and odd figures, on the limits, and damaged."""

import copy
import random

from factories.commongood import request
from factories.second_calculation import (
    ASPECTS,
    AT_LEAST,
    INDUSTRIES,
    REGIONS,
    TOPICS,
    WEIGHTS,
)

LIMITS = (0, 1, 10, 0.01, 2_000_000, 2_000_000.01, 10_000_000, 43_000_000, 50_000_000)
ODD = (1e-9, 1e15, 1e18, 123456789012345678, 1e300, 5e-324, -0.0)
WRONG = (
    None, True, False, "", "1", "5.10", -1, 0, -0.0, 0.75, 3, 101, 100.00000000000001, 1e308,
    -1e308, 10**400, [], {}, [1], "\ud800", "a" * 5, [None], {"a": 1}, float("nan"), float("inf"),
)  # fmt: skip
STAND_IN = (
    [],
    [{"shortName": "B1.1", "weight": 0}],
    [{"shortName": "B1.1", "weight": 0}, {"shortName": "B1.2", "estimations": 4}],
    [{"shortName": "B1.2", "weight": 1.5, "estimations": 7}, {"shortName": "B1.1", "weight": 0}],
    [{"shortName": "B1.2", "estimations": 3}],
    [{"shortName": "B1.1", "estimations": 3}],
)


class Maker:
    """Make one case after the other; the same seed makes the same cases."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def case(self):
        version = self.chance.choice(("5.06", "5.08", "5.09", "5.10", "5.10"))
        kind = self.chance.choice(("Full", "Compact"))
        legacy = "legacy-full" if kind == "Full" else "legacy-compact"
        aspect_set = "matrix-5.1" if version == "5.10" else legacy
        create = request(version, kind, **self.body(aspect_set, 0.9))
        patches = [
            self.body(aspect_set, 0.5) for _ in range(self.chance.choice((0, 0, 0, 1, 2, 3)))
        ]
        if self.happens(0.3):
            damaged = self.chance.choice(["create", *range(len(patches))])
            if damaged == "create":
                create = self.damaged(create)
            else:
                patches[damaged] = self.damaged(patches[damaged])
        return create, patches

    def happens(self, share):
        return self.chance.random() < share

    def some(self, share, **makers):
        return {key: make() for key, make in makers.items() if self.happens(share)}

    def body(self, aspect_set, share):
        return self.some(
            share,
            companyFacts=self.facts,
            ratings=lambda: self.ratings(aspect_set),
            stakeholderWeights=self.group_weights,
        )

    def amount(self, *, signed):
        chance = self.chance
        amount = chance.choice(
            (
                chance.choice(LIMITS),
                chance.randint(0, 10**8),
                round(chance.uniform(0, 10**7), 2),
                chance.choice(ODD) if self.happens(0.2) else chance.uniform(0, 10**5),
            )
        )
        return -amount if signed and self.happens(0.4) else amount

    def country(self):
        return self.chance.choice(list(REGIONS) if self.happens(0.985) else ["XXX", "deu", "Ä€ß"])

    def industry(self):
        return self.chance.choice(list(INDUSTRIES) if self.happens(0.985) else ["Z", "ca", "1234"])

    def facts(self):
        share = self.chance.choice((0.3, 0.9))
        numbers = {
            key: self.amount(signed=least is None)
            for key, least in AT_LEAST.items()
            if self.happens(share)
        }
        if "numberOfEmployees" in numbers:
            numbers["numberOfEmployees"] = self.chance.choice((0, 1, 0.5, 9.99, 10, 49.9, 50, 250))
        if "averageJourneyToWorkForStaffInKm" in numbers:
            numbers["averageJourneyToWorkForStaffInKm"] = self.chance.choice(
                (0, 9.99, 10, 25, 25.01)
            )
        return numbers | self.some(
            0.7,
            hasCanteen=lambda: self.happens(0.5),
            isB2B=lambda: self.happens(0.5),
            supplyFractions=self.suppliers,
            employeesFractions=lambda: self.shares("percentage", countryCode=self.country),
            industrySectors=lambda: self.shares(
                "amountOfTotalTurnover", industryCode=self.industry, description=lambda: "𝄞\u2028"
            ),
            mainOriginOfOtherSuppliers=self.country,
        )

    def suppliers(self):
        return [
            {"costs": self.chance.choice((self.chance.randint(1, 10**6), 12_345.67, 1e-9))}
            | self.some(0.9, countryCode=self.country, industryCode=self.industry)
            for _ in range(self.chance.choice((0, 1, 4, 5, 6, 9)))
        ]

    def shares(self, key, **codes):
        entries, left = [], 100
        while left >= 2 and self.happens(0.8):
            share = self.chance.choice((round(self.chance.uniform(1, left), 2), 1, left / 3 + 1))
            if share > left:
                break
            left -= share
            entries.append({key: share} | self.some(0.7, **codes))
        if 1 <= left <= 99 and self.happens(0.3):
            entries.append({key: round(left, 2)})
        return entries

    def ratings(self, aspect_set):
        signs = {row["code"]: row["sign"] for row in ASPECTS if row["aspect_set"] == aspect_set}
        names = self.chance.sample(
            [*signs, *TOPICS], self.chance.choice((0, 3, 10, len(signs) + 20))
        )
        entries = [self.rating(name, signs.get(name)) for name in names]
        if aspect_set == "matrix-5.1":
            entries = [one for one in entries if one["shortName"] not in ("B1.1", "B1.2")]
            entries += copy.deepcopy(self.chance.choice(STAND_IN))
        if self.happens(0.1):
            entries.append(
                {"shortName": self.chance.choice(["Z9", "", "b1.2", *names]), "weight": 2}
            )
        self.chance.shuffle(entries)
        return entries

    def rating(self, name, sign):
        low, high = {"positive": (0, 10), "negative": (-200, 0), None: (-200, 10)}[sign]
        if self.happens(0.003):
            low, high = -200, 10
        estimation = self.chance.choice((low, high, self.chance.randint(low, high)))
        made = {"shortName": name} | self.some(0.85, estimations=lambda: estimation)
        return made | self.some(0.4, weight=lambda: self.chance.choice(WEIGHTS))

    def group_weights(self):
        if self.happens(0.05):
            return [{"shortName": code, "weight": 0} for code in "ABCDE"]
        return [
            {"shortName": self.chance.choice("ABCDE"), "weight": self.chance.choice(WEIGHTS)}
            for _ in range(self.chance.choice((0, 1, 3, 8)))
        ]

    def damaged(self, document):
        document = copy.deepcopy(document)
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            places = list(_places(document))
            if not places:
                break
            inside, key = self.chance.choice(places)
            if self.happens(0.3):
                del inside[key]
            else:
                inside[key] = copy.deepcopy(self.chance.choice(WRONG))
        return document


def _places(node):
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])
