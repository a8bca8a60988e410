"""How long the server takes for "what if?", on the demo's sheet.

    python benchmarks/what_if.py [--tries N]

The whole answer is measured, from request to finished page: session, database, calculation,
template, the middleware around them. Every try is a different change. The goal is less than 100 ms.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL_MS = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tries", type=int, default=200)
    tries = parser.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ERDKREIS_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        erdkreis = Path(sys.executable).with_name("erdkreis")
        for command in (["init"], ["demo"]):
            subprocess.run([erdkreis, *command], check=True, stdout=subprocess.DEVNULL)
        report(times_ms(tries))


def times_ms(tries):
    """Return processor time and time on the clock of each try, in milliseconds."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from erdkreis.accounts.models import Person
    from erdkreis.balances.models import Sheet

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"HX-Request": "true"})
    sheet = Sheet.objects.latest("pk")
    role = sheet.circle.roles.filter(kind="host").get()
    client.force_login(Person.objects.get(pk=role.person_id))
    chance = random.Random(7)
    measured = []
    for _ in range(tries):
        change = {"A3.1": chance.randint(0, 10), "C1.1": chance.randint(0, 10)}
        processor, clock = time.process_time(), time.perf_counter()
        answer = client.post(f"/balances/{sheet.pk}/what-if/", change)
        measured.append(
            (1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock))
        )
        assert answer.status_code == 200, answer.status_code
        assert b"points" in answer.content
    return measured[tries // 10 :]  # the first ones fill caches


def report(measured):
    for name, times in zip(("processor", "clock"), zip(*measured, strict=True), strict=True):
        median, slow = statistics.median(times), statistics.quantiles(times, n=100)[98]
        print(f"what if, {name:10} median {median:6.1f} ms   99 of 100 below {slow:6.1f} ms")
    print(f"goal                  below  {GOAL_MS:6} ms")


if __name__ == "__main__":
    main()
