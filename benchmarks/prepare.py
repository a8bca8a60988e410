"""Make an installation in which people can answer and vote, and say as JSON how they come in.

    python -m benchmarks.prepare VOICES VOTERS STATEMENTS

Works on the database named by the environment; `erdkreis init` has been run.
"""

import json
import sys
from pathlib import Path

N_TOKENS = 500


def main() -> None:
    n_voices, n_voters, n_statements = (int(a) for a in sys.argv[1:4])
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from erdkreis.cli.django import start_django

    start_django()
    print(json.dumps(made(n_voices, n_voters, n_statements)))


def made(n_voices, n_voters, n_statements):
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret
    from django.utils import timezone

    from erdkreis.dialogues.models import Voter
    from erdkreis.invitations.codes import digest, new_code
    from erdkreis.questionnaires.models import Voice
    from erdkreis.questionnaires.paths import Path as Pages
    from factories import circles, rounds
    from factories.dialogues import dialogue

    circle = circles.circle(circles.person("ada"), "Kornblume")
    group = rounds.group(rounds.asking(circle), "employees")
    talk = dialogue(circle, own=[f"Statement number {n}." for n in range(1, n_statements + 1)])
    voices, voters = ([new_code() for _ in range(n)] for n in (n_voices, n_voters))
    day = timezone.localdate()
    Voice.objects.bulk_create(
        [
            Voice(
                round_group=group, receipt_digest=digest(r), channel="link", language="de", day=day
            )
            for r in voices
        ],
        batch_size=500,
    )
    Voter.objects.bulk_create(
        [Voter(dialogue=talk, receipt_digest=digest(r), day=day) for r in voters], batch_size=500
    )
    pages = Pages(group).pages
    secrets = [_get_new_csrf_string() for _ in range(N_TOKENS)]
    return {
        "circle": circle.slug, "round": group.round_id, "group": group.slug,
        "dialogue": talk.slug, "dialogue_id": talk.pk,
        "statements": list(talk.statements.order_by("number").values_list("pk", flat=True)),
        "pages": len(pages), "rated_pages": sum(p.item.is_rated for p in pages),
        "items": [p.item.code for p in pages], "voices": voices, "voters": voters,
        "tokens": [(s, _mask_cipher_secret(s)) for s in secrets],
    }  # fmt: skip


if __name__ == "__main__":
    main()
