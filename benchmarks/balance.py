"""Full recalculations of the Common Good matrix per second, in one process.

    python benchmarks/balance.py [--seconds S] [--json FILE]

One recalculation goes from company facts and ratings to all weights and points, on sheets already
read; "with every row" also makes the 80 rows of the result, "from JSON to JSON" reads and checks
the request and writes every figure. The official calculator (Node 20, warm, figure tables cached,
same kind of machine) was measured at 560 to 689 recalculations a second; our goal is 5,000. Sheets
are made from a fixed seed. Seconds are processor time: what else the machine does hardly counts.

The yardstick is a million additions and multiplications in a plain loop of the same process:
recalculations per yardstick can be compared between machines, and between days on one machine.
"""

import argparse
import json
import random
import time
from pathlib import Path

from erdkreis.calc.commongood import (
    assess,
    case_answer,
    editions,
    industries,
    new_sheet,
    next_steps,
    regions,
)

OFFICIAL = "560–689"
GOAL = 5_000


def some_document(chance):
    version, kind = chance.choice(sorted(editions()))
    edition = editions()[version, kind]
    countries, branches = sorted(regions()), sorted(industries())
    return {
        "type": kind,
        "version": version,
        "generalInformation": {
            "company": {"name": "Beispiel eG"},
            "contactPerson": {"name": "Ada", "email": "ada@example.org"},
        },
        "companyFacts": {
            "totalPurchaseFromSuppliers": chance.randint(0, 10**7),
            "totalStaffCosts": chance.randint(0, 10**7),
            "profit": chance.randint(-(10**5), 10**6),
            "turnover": chance.randint(1, 10**8),
            "totalAssets": chance.randint(1, 10**8),
            "numberOfEmployees": chance.randint(0, 300),
            "supplyFractions": [
                {
                    "costs": chance.randint(1, 10**6),
                    "countryCode": chance.choice(countries),
                    "industryCode": chance.choice(branches),
                }
                for _ in range(chance.randint(0, 6))
            ],
            "employeesFractions": [
                {"percentage": 30, "countryCode": chance.choice(countries)} for _ in range(3)
            ],
            "industrySectors": [{"amountOfTotalTurnover": 80, "industryCode": "Ca"}],
            "mainOriginOfOtherSuppliers": chance.choice(countries),
        },
        "ratings": [
            {
                "shortName": rating.code,
                "estimations": chance.randint(0, 10)
                if rating.is_positive
                else chance.randint(-200, 0),
            }
            for rating in edition.rating_kinds
            if not rating.is_topic
        ],
    }


def per_second(work, inputs, seconds):
    """Return how many inputs a second are worked through, best of three."""
    rates = []
    for _ in range(3):
        n_done = 0
        start = time.process_time()
        while (elapsed := time.process_time() - start) < seconds / 3:
            for one in inputs:
                work(one)
            n_done += len(inputs)
        rates.append(n_done / elapsed)
    return max(rates)


def yardstick(_):
    total = 0.0
    for number in range(1_000_000):
        total += number * 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    chance = random.Random(7)
    documents = [some_document(chance) for _ in range(200)]
    sheets = [new_sheet(document) for document in documents]
    assessments = [assess(sheet) for sheet in sheets[:5]]
    figures = {
        "recalculations_per_s": per_second(assess, sheets, args.seconds),
        "with_every_row_per_s": per_second(
            lambda sheet: assess(sheet).ratings, sheets, args.seconds
        ),
        "json_to_json_per_s": per_second(
            lambda document: json.dumps(case_answer(document, [])), documents, args.seconds
        ),
        "next_steps_ms": 1000 / per_second(next_steps, assessments, args.seconds),
        "yardstick_s": 1 / per_second(yardstick, [None], args.seconds),
    }
    figures["recalculations_per_yardstick"] = (
        figures["recalculations_per_s"] * figures["yardstick_s"]
    )
    if str(args.json) == "-":
        print(json.dumps(figures))
        return
    print(f"{'full recalculation':26}{figures['recalculations_per_s']:>9,.0f} a second")
    print(f"{'  goal':26}{GOAL:>9,} a second")
    print(f"{'  official calculator':26}{OFFICIAL:>9} a second")
    print(f"{'with every row':26}{figures['with_every_row_per_s']:>9,.0f} a second")
    print(f"{'from JSON to JSON':26}{figures['json_to_json_per_s']:>9,.0f} a second")
    print(f"{'all next steps, one sheet':26}{figures['next_steps_ms']:>9.1f} ms")
    print(f"{'yardstick':26}{figures['yardstick_s'] * 1000:>9.1f} ms")
    print(f"{'recalculations in it':26}{figures['recalculations_per_yardstick']:>9,.0f}")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
