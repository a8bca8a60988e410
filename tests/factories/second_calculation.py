"""The matrix calculated a second time, from the written rules alone, to compare with the first.

It shares nothing with the library but the figures in its tables: no function, no class, no rule as
data. It is written to be read beside docs/methods/balance.md, plainly and slowly. What it answers
has the layout of ``erdkreis calculate balance --cases``.
"""

import calendar
import copy
import csv
import math
import re
from pathlib import Path

TABLES = Path(__file__).parents[2] / "src/erdkreis/calc/commongood/tables"
WORLD_PRICE, ITUC_WITHOUT_COUNTRY = 1.00304566871495, 2.99
WEIGHTS = (0, 0.5, 1, 1.5, 2)
AT_LEAST = {
    "totalPurchaseFromSuppliers": 0, "totalStaffCosts": 0, "profit": None, "financialCosts": 0,
    "incomeFromFinancialInvestments": None, "additionsToFixedAssets": None, "turnover": 0,
    "totalAssets": 0, "financialAssetsAndCashBalance": 0, "numberOfEmployees": 0,
    "averageJourneyToWorkForStaffInKm": 0,
}  # fmt: skip
MAIL = re.compile(
    r"(?!\.)(?!.*\.\.)[A-Z0-9_'+\-.]*[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}",
    re.IGNORECASE,
)
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,3})?Z", re.ASCII)


def table(name):
    with (TABLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


REGIONS = {row["code"]: row for row in table("regions.csv")}
INDUSTRIES = {row["code"]: row for row in table("industries.csv")}
TOPICS = [row["code"] for row in table("topics.csv")]
ASPECTS = table("aspects.csv")


class Refusal(Exception):
    """Status, kind, stage."""


def answer(create, patches):
    try:
        sheet = created(create)
        for patch in patches:
            figures(sheet)
            sheet = patched(sheet, patch)
        found = figures(sheet)
    except Refusal as refusal:
        return dict(zip(("status", "kind", "stage"), refusal.args, strict=True))
    if all(math.isnan(row[6]) for row in found["ratings"] if row[0] in TOPICS):
        return {"status": 400, "kind": "validation", "stage": "response"} | found
    return {"status": 200} | found | {"matrix": matrix(sheet, found)}


# Reading


def wanted(fits):
    if not fits:
        raise Refusal(400, "validation", "request")


def number(value, low=None, high=None):
    wanted(isinstance(value, int | float) and not isinstance(value, bool))
    wanted(abs(value) <= 1.7976931348623157e308)
    wanted(low is None or value >= low)
    wanted(high is None or value <= high)
    return float(value)


def text(value, shortest=0, longest=None):
    wanted(isinstance(value, str))
    length = len(value.encode("utf-16-le", "surrogatepass")) // 2
    wanted(length >= shortest and (longest is None or length <= longest))
    return value


def weight(value):
    wanted(number(value) in WEIGHTS)
    return float(value)


def objects(value):
    wanted(isinstance(value, list) and all(isinstance(one, dict) for one in value))
    return value


def inside(document, key):
    wanted(isinstance(document.get(key), dict))
    return document[key]


def code(entry, key, shortest, longest):
    return text(entry[key], shortest, longest) if key in entry else None


def check_general(document):
    general = inside(document, "generalInformation")
    text(inside(general, "company").get("name"), 1)
    text(inside(general, "contactPerson").get("name"), 1)
    wanted(MAIL.fullmatch(text(general["contactPerson"].get("email"))))
    if "period" in general:
        for end in ("start", "end"):
            found = MOMENT.fullmatch(text(inside(general, "period").get(end)))
            wanted(found)
            year, month, day, hour, minute, second = map(int, found.groups()[:6])
            wanted(year >= 1 and 1 <= month <= 12)
            wanted(1 <= day <= calendar.monthrange(year, month)[1])
            wanted(hour < 24 and minute < 60 and second < 60)


def read_facts(document):
    facts = {key: number(document[key], AT_LEAST[key]) for key in AT_LEAST if key in document}
    for key in ("hasCanteen", "isB2B"):
        if key in document:
            wanted(isinstance(document[key], bool))
            facts[key] = document[key]
    if "mainOriginOfOtherSuppliers" in document:
        facts["main"] = text(document["mainOriginOfOtherSuppliers"], 3, 3)
    if "supplyFractions" in document:
        facts["suppliers"] = [read_supplier(one) for one in objects(document["supplyFractions"])]
    if "employeesFractions" in document:
        staff = objects(document["employeesFractions"])
        check_sum(staff, "percentage")
        facts["staff"] = [
            (one["percentage"] / 100, code(one, "countryCode", 3, 3)) for one in staff
        ]
    if "industrySectors" in document:
        sectors = objects(document["industrySectors"])
        check_sum(sectors, "amountOfTotalTurnover")
        facts["sectors"] = [
            (one["amountOfTotalTurnover"] / 100, code(one, "industryCode", 1, 4))
            for one in sectors
            if text(one.get("description", "")) is not None
        ]
    return facts


def read_supplier(entry):
    wanted(number(entry.get("costs")) > 0)
    return (
        float(entry["costs"]),
        code(entry, "countryCode", 3, 3),
        code(entry, "industryCode", 1, 4),
    )


def check_sum(entries, key):
    total = 0.0
    for entry in entries:
        total += number(entry.get(key), 1, 100)
    # Ours alone: what exceeds 100 by the rounding of doubles only is 100.
    wanted(total <= 100 + 1e-9)


def read_ratings(document):
    first = {}
    for entry in objects(document.get("ratings", [])):
        estimation = number(entry["estimations"], -200, 10) if "estimations" in entry else None
        chosen = weight(entry["weight"]) if "weight" in entry else None
        first.setdefault(text(entry.get("shortName")), (estimation, chosen))
    return first


def read_group_weights(document):
    found = []
    for entry in objects(document.get("stakeholderWeights", [])):
        wanted(text(entry.get("shortName")) in {"A", "B", "C", "D", "E"})
        found.append((entry["shortName"], weight(entry.get("weight"))))
    return found


# Making and changing


def created(document):
    wanted(isinstance(document, dict))
    wanted(document.get("type") in ("Full", "Compact"))
    wanted(document.get("version") in ("5.06", "5.08", "5.09", "5.10"))
    check_general(document)
    facts = dict.fromkeys(AT_LEAST, 0.0)
    facts |= {"hasCanteen": False, "isB2B": False, "main": "AWO"}
    facts |= {"suppliers": [], "staff": [], "sectors": []}
    if "companyFacts" in document:
        facts |= read_facts(inside(document, "companyFacts"))
    is_new = document["version"] == "5.10"
    legacy = "legacy-full" if document["type"] == "Full" else "legacy-compact"
    sheet = {
        "version": tuple(int(part) for part in document["version"].split(".")),
        "facts": facts,
        "ratings": default_ratings("matrix-5.1" if is_new else legacy),
        "group_weights": read_group_weights(document),
    }
    return merged(sheet, read_ratings(document))


def patched(sheet, document):
    wanted(isinstance(document, dict))
    sheet = copy.deepcopy(sheet)
    if "generalInformation" in document:
        check_general(document)
    if "companyFacts" in document:
        sheet["facts"] |= read_facts(inside(document, "companyFacts"))
    if "stakeholderWeights" in document:
        sheet["group_weights"] = read_group_weights(document)
    return merged(sheet, read_ratings(document))


def default_ratings(aspect_set):
    ratings = {}
    for topic in TOPICS:
        ratings[topic] = {"positive": True, "estimation": 0.0, "weight": 1.0, "chosen": False}
        for sign in ("positive", "negative"):
            for row in ASPECTS:
                if (row["aspect_set"], row["topic"], row["sign"]) == (aspect_set, topic, sign):
                    is_b12 = aspect_set == "matrix-5.1" and row["code"] == "B1.2"
                    ratings[row["code"]] = {
                        "positive": sign == "positive",
                        "estimation": 0.0,
                        "weight": 0.0 if is_b12 else 1.0,
                        "chosen": False,
                    }
    return ratings


def merged(sheet, asked):
    is_new = sheet["version"] >= (5, 10)
    for name, (estimation, chosen) in asked.items():
        rating = sheet["ratings"].get(name)
        if rating is None:
            continue
        if estimation is not None:
            rating["estimation"] = estimation
        rating["chosen"] = rating["positive"] and chosen is not None
        rating["weight"] = chosen if rating["chosen"] else 1.0
        if is_new and name == "B1.2" and not rating["chosen"]:
            steps_in = asked.get("B1.1", (None, None))[1] == 0
            rating["weight"] = 1.0 if steps_in else 0.0
    for name, rating in sheet["ratings"].items():
        low, high = (0, 10) if rating["positive"] else (-200, 0)
        if "." in name and not low <= rating["estimation"] <= high:
            raise Refusal(400, "value", "request")
    either_or = [sheet["ratings"][name]["weight"] for name in ("B1.1", "B1.2") if is_new]
    if either_or and 0 not in either_or:
        raise Refusal(400, "value", "request")
    return sheet


# Calculating


def row_of(rows, name):
    if name not in rows:
        raise Refusal(404, "not-found", "calculate")
    return rows[name]


def price(country):
    return WORLD_PRICE if country is None else float(row_of(REGIONS, country)["ppp_index"])


def rights(country, version):
    if country is None:
        return ITUC_WITHOUT_COUNTRY
    index = float(row_of(REGIONS, country)["ituc_index"])
    return ITUC_WITHOUT_COUNTRY if country == "AWO" and version < (5, 9) else index


def divided(one, other):
    if other != 0:
        return one / other
    return (
        math.nan
        if one == 0 or math.isnan(one)
        else math.copysign(math.inf, one) * math.copysign(1, other)
    )


def added(values):
    total = 0.0
    for value in values:
        total += value
    return total


def figures(sheet):
    facts, version = sheet["facts"], sheet["version"]
    rest = facts["totalPurchaseFromSuppliers"] - added(one[0] for one in facts["suppliers"])
    supply, design = supply_of(facts, rest, version), design_of(facts)
    staff, money = staff_of(facts), money_of(facts)
    share = None if facts["turnover"] == 0 else facts["profit"] / facts["turnover"]
    industries = {industry for _, industry in facts["sectors"]}
    mines = bool(industries & {"B", "F"})
    entered = [
        facts[key] for key in (*AT_LEAST, "hasCanteen", "isB2B", "suppliers", "staff", "sectors")
    ]
    all_zero = rest == 0 and not any(entered)
    risk, groups = groups_of(
        supply["supplyRiskSum"], money["sumOfFinancialAspects"], staff["normedEmployeesRisk"]
    )
    topics = dict.fromkeys(TOPICS, 1)
    if not all_zero:
        topics |= topic_weights(facts, supply, money, staff, design, share, mines)
    in_force = groups | dict(reversed(sheet["group_weights"]))
    rows = rated(sheet["ratings"], in_force, topics)
    only_topics = [row for row in rows if row[0] in TOPICS]
    total = added(row[5] for row in only_topics)
    return {
        "intermediate": {
            "allZero": all_zero,
            "otherSuppliersCosts": rest,
            "supply": supply,
            "finance": money,
            "employees": staff,
            "customers": {"sumOfEcologicalDesignOfProductsAndService": design},
            "social": {
                "profitInPercentOfTurnover": share,
                "companyIsActiveInMiningOrConstructionIndustry": mines,
            },
            "risk": risk,
            "stakeholderWeightsComputed": groups,
            "stakeholderWeights": in_force,
            "topicWeightsComputed": topics,
        },
        "ratings": rows,
        "stakeholders": {
            group: {
                "points": added(row[5] for row in only_topics if row[0][0] == group),
                "maxPoints": added(row[6] for row in only_topics if row[0][0] == group),
            }
            for group in "ABCDE"
        },
        "totalPoints": max(total, -3600),  # a total that is NaN stays NaN
    }


def supply_of(facts, rest, version):
    everybody = [*facts["suppliers"], (rest, facts["main"], None)]
    together = added(costs * price(country) for costs, country, _ in everybody)
    risks = [divided(costs * price(country), together) for costs, country, _ in everybody]
    average = added(
        rights(country, version) * risk
        for (_, country, _), risk in zip(everybody, risks, strict=True)
    )
    return {
        "supplyRiskSum": together,
        "supplyChainWeight": chain_weight(facts["suppliers"], risks),
        "itucAverage": 0 if math.isnan(average) else average,
    }


def chain_weight(suppliers, risks):
    if len(suppliers) < 5:
        return 1
    below = above = 0.0
    for (_, _, industry), risk in zip(suppliers, risks, strict=False):
        if industry is None:
            return 1
        below += risk
        above += risk * float(row_of(INDUSTRIES, industry)["supply_chain_factor"])
    average = divided(above, below)
    return 1 if math.isnan(average) else average


def money_of(facts):
    assets, additions = facts["totalAssets"], facts["additionsToFixedAssets"]
    invested = additions + facts["financialAssetsAndCashBalance"]
    flows = facts["profit"] + facts["financialCosts"] + facts["incomeFromFinancialInvestments"]
    return {
        "sumOfFinancialAspects": flows + additions,
        "economicRatio": 0.3 if assets == 0 else facts["turnover"] / assets,
        "companyIsActiveInFinancialServices": any(code == "K" for _, code in facts["sectors"]),
        "economicRatioE22": 0.2 if assets == 0 else invested / assets,
    }


def staff_of(facts):
    costs = facts["totalStaffCosts"]
    risk = added(costs * share * price(country) for share, country in facts["staff"])
    covered = added(share for share, _ in facts["staff"])
    average = added(
        share * float(REGIONS[country]["ituc_index"])
        for share, country in facts["staff"]
        if country is not None and country <= "LKA" and REGIONS[country]["kind"] == "country"
    )
    return {
        "normedEmployeesRisk": risk + (1 - covered) * WORLD_PRICE * costs,
        "companySize": size_of(facts["numberOfEmployees"], facts["turnover"], facts["totalAssets"]),
        "itucAverage": average,
    }


def size_of(people, turnover, assets):
    if people < 10 and (turnover <= 2_000_000 or assets <= 2_000_000):
        return "micro"
    if people < 50 and (turnover <= 10_000_000 or assets <= 10_000_000):
        return "small"
    if people < 250 and (turnover <= 50_000_000 or assets <= 43_000_000):
        return "middle"
    return "large"


def design_of(facts):
    factors = [
        (1 if industry is None else float(row_of(INDUSTRIES, industry)["design_factor"])) * share
        for share, industry in facts["sectors"]
    ]
    return added(factors) + (1 - added(share for share, _ in facts["sectors"]))


def groups_of(supply, money, staff):
    together = supply + staff + money
    risk = dict.fromkeys("ABC", 100)
    if together != 0:
        risk = {
            "A": (60 * supply / together) * 5,
            "B": (60 * money / together) * 10,
            "C": (60 * staff / together) * 10,
        }
    return risk, {code: group_weight(ratio) for code, ratio in risk.items()} | {"D": 1, "E": 1}


def group_weight(ratio):
    held = ratio if math.isnan(ratio) else max(60, min(300, ratio))
    if held == 60:
        return 0.5
    if held == 300:
        return 2
    return 1 if held < 180 else 1.5


def topic_weights(facts, supply, money, staff, design, share, mines):
    chain, rights_there = supply["supplyChainWeight"], supply["itucAverage"]
    is_finance, size = money["companyIsActiveInFinancialServices"], staff["companySize"]
    turnover_ratio, invested_ratio = money["economicRatio"], money["economicRatioE22"]
    way = facts["averageJourneyToWorkForStaffInKm"]
    product = first((design < 0.75, 0.5), (design < 1.25, 1), (design > 1.75, 2), (True, 1.5))
    return {
        "A3": first((chain > 1.5, 2), (chain > 1.25, 1.5), (chain < 0.75, 0.5), (True, 1)),
        "A4": first(
            (rights_there < 1.5, 0.5),
            (rights_there < 3.26, 1),
            (rights_there < 4.5, 1.5),
            (True, 2),
        ),
        "B1": first(
            (is_finance, 2), (turnover_ratio < 0.1, 1.5), (turnover_ratio > 0.5, 0.5), (True, 1)
        ),
        "B2": 1
        if share is None
        else first((share > 0.1, 1.5), (share < 0.001, 0), (share < 0.03, 0.5), (True, 1)),
        "B3": first(
            (is_finance, 2), (invested_ratio < 0.1, 0.5), (invested_ratio > 0.25, 1.5), (True, 1)
        ),
        "B4": 0.5 if size == "micro" else 1,
        "C3": first((way < 10 and not facts["hasCanteen"], 0.5), (way > 25, 1.5), (True, 1)),
        "C4": first(
            (facts["numberOfEmployees"] == 1, 0),
            (size == "micro", 0.5),
            (staff["itucAverage"] > 3.25, 1.5),
            (True, 1),
        ),
        "D3": product,
        "E3": product,
        "D4": 1.5 if facts["isB2B"] else 1,
        "E2": 1 if share is None else first((share < 0.05, 0.5), (share > 0.1, 1.5), (True, 1)),
        "E4": first((mines, 1.5), (size in ("micro", "small"), 0.5), (True, 1)),
    }


def first(*rules):
    return next(weight for holds, weight in rules if holds)


def rated(ratings, groups, computed):
    weights = {
        topic: ratings[topic]["weight"] if ratings[topic]["chosen"] else computed[topic]
        for topic in TOPICS
    }
    total = added(groups[topic[0]] * weights[topic] for topic in TOPICS)
    rows = []
    for topic in TOPICS:
        maximum = divided(groups[topic[0]] * weights[topic], total) * 1000
        below = [name for name in ratings if name.startswith(f"{topic}.")]
        of_all = added(ratings[name]["weight"] for name in below if ratings[name]["positive"])
        aspects = [aspect_row(name, ratings[name], maximum, of_all) for name in below]
        points = added(row[5] for row in aspects)
        reached = points / maximum if maximum > 0 else 0
        rows += [
            [topic, True, weights[topic], ratings[topic]["chosen"], reached, points, maximum],
            *aspects,
        ]
    return rows


def aspect_row(name, rating, maximum, of_all):
    estimation, own = rating["estimation"], rating["weight"]
    if rating["positive"]:
        most = (maximum * own) / of_all if of_all > 0 else 0
        points = (most * estimation) / 10
    else:
        most = (-200 * maximum) / 50
        points = (estimation * maximum) / 50
    return [name, rating["positive"], own, rating["chosen"], estimation, points, most]


def matrix(sheet, found):
    decimals = 2 if sheet["version"] >= (5, 10) else 1
    cells = []
    for name, _, weight_, _, _, points, maximum in found["ratings"]:
        if name in TOPICS:
            reached = None
            if maximum != 0 and points >= 0:
                share = rounded(points, 15) / rounded(maximum, 15)
                reached = rounded(rounded(share, 15), decimals) * 100
            cells.append([name, rounded(points, 0), rounded(maximum, 0), reached, weight_ == 0])
    return cells


def rounded(value, places):
    scale = 10**places
    scaled = abs(value) * scale
    below = math.floor(scaled)
    half_up = below + 1 if scaled - below >= 0.5 else below
    return math.copysign(1, value) * half_up / scale
