"""How queries, time and memory grow with the people in a round and the statements of a dialogue.

    python -m benchmarks.growth [--people 10,100,1000,10000] [--statements 10,100,1000]

One process, SQLite. Times are processor time of the second of two requests, so that loading
libraries does not count; the picture is made once.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WIDTHS = (12, 34, 10, 12, 12)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--people", default="10,100,1000,10000")
    parser.add_argument("--statements", default="10,100,1000")
    options = parser.parse_args()
    row("people", "what", "queries", "ms", "peak MB")
    for n in map(int, options.people.split(",")):
        in_its_own_process("people", n)
    row("statements", "what", "queries", "ms", "peak MB")
    for n in map(int, options.statements.split(",")):
        in_its_own_process("statements", n)


def row(*cells):
    print(
        "  ".join(str(c).ljust(w) for c, w in zip(cells, WIDTHS, strict=True)).rstrip(), flush=True
    )


def in_its_own_process(what, n):
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "ERDKREIS_DATA": folder, "ERDKREIS_KEEP_PUBLIC_PAGES": "0",
            "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "erdkreis", "init"], check=True, **quiet)
        code = f"from benchmarks import growth; growth.measure_{what}({n})"
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def begin():
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from erdkreis.cli.django import start_django

    start_django()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]


def cost(n, what, do):
    """Do something twice and print what the second time cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _again in range(2):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            answer = do()
            ms = 1000 * (time.process_time() - began)
    assert getattr(answer, "status_code", 200) < 400, (what, answer.status_code)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row(f"{n:,}", what, len(queries), f"{ms:.1f}", f"{peak:.0f}")


def measure_people(n):
    begin()
    from django.test import Client
    from django.utils import timezone

    from erdkreis.pictures.services import make_picture
    from erdkreis.questionnaires.models import Answer, Voice
    from erdkreis.questionnaires.paths import Path as Pages
    from factories import circles, rounds
    from factories.phones import Phone, at
    from factories.phones import begin as begin_voice

    dice, day = random.Random(1), timezone.localdate()
    ada = circles.person("ada")
    circle = circles.circle(ada, "Kornblume")
    round_ = rounds.asking(circle)
    group, phone = rounds.group(round_, "employees"), Phone()
    begin_voice(phone, group)
    fields = {"round_group": group, "channel": "link", "language": "de", "day": day}
    made = Voice.objects.bulk_create(
        [Voice(**fields, is_sent=True) for _ in range(n)], batch_size=500
    )
    items = [page.item.code for page in Pages(group).pages if page.item.is_rated]
    Answer.objects.bulk_create(
        [
            Answer(voice=voice, item=item, status="rated", value=dice.randint(1, 5))
            for voice in made
            for item in items
        ],
        batch_size=500,
    )
    host = Client()
    host.force_login(ada)
    cost(n, "answering", lambda: phone.post(at(group, 1), {"answer": "4"}))
    cost(n, "the next question", lambda: phone.get(at(group, 2)))
    cost(n, "sending", lambda: phone.post(at(group, "check")))
    cost(n, "the circle's page", lambda: host.get(f"/circles/{circle.slug}/"))
    cost(n, "the round's page", lambda: host.get(f"/rounds/{round_.pk}/"))
    began = time.process_time()
    make_picture(round_, "Ada")
    row(f"{n:,}", "making the picture, once", "", f"{1000 * (time.process_time() - began):.0f}", "")
    cost(n, "looking at the picture", lambda: host.get(f"/rounds/{round_.pk}/picture/"))


def measure_statements(n):
    begin()
    from django.test import Client

    from factories import circles
    from factories.dialogues import dialogue, voters
    from factories.phones import Phone

    ada = circles.person("ada")
    talk = dialogue(circles.circle(ada, "Kornblume"), [f"Statement {i}." for i in range(n)])
    voters(talk, 1, [1, 1, -1, 0, 1] * 4)
    phone, host = Phone(), Client()
    phone.post(f"/d/{talk.slug}/")
    host.force_login(ada)
    first = talk.statements.get(number=1).pk
    press = {"statement": first, "vote": 1}
    cost(n, "voting", lambda: phone.post(f"/d/{talk.slug}/vote/", press))
    cost(n, "the next statement", lambda: phone.get(f"/d/{talk.slug}/vote/"))
    cost(n, "one's own list", lambda: phone.get(f"/d/{talk.slug}/statements/"))
    cost(n, "the results", lambda: host.get(f"/dialogues/{talk.pk}/results/"))


if __name__ == "__main__":
    main()
