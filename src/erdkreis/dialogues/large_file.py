"""The one file that can take minutes: how each person voted in a large published conversation.

A worker makes it once and keeps it in pieces beside the votes, where every machine finds it. Such
a conversation is closed, so what was made stays right.
"""

import zlib
from collections.abc import Callable, Iterator

from django.db import transaction

from erdkreis.dialogues.models import Dialogue, KeptPiece, Vote
from erdkreis.dialogues.open_data import matrix
from erdkreis.jobs.queries import Line, line_of
from erdkreis.jobs.services import put_in

MATRIX = "participants-votes.csv"
KIND = "open_data"
MANY = 200_000  # votes; up to here somebody who asks waits some three seconds at most
PIECE = 1 << 20

Progress = Callable[[int, int], None]


def is_large(dialogue: Dialogue) -> bool:
    """Say it without counting all of them."""
    return Vote.objects.filter(voter__dialogue=dialogue)[MANY : MANY + 1].exists()


def ask_for(dialogue: Dialogue) -> Line | None:
    """Let a worker make the file, once however many ask; return how far it is."""
    key = str(dialogue.pk)
    if (line := line_of(KIND, key)) is None:
        put_in(KIND, {"dialogue": dialogue.pk}, key=key, circle=dialogue.circle)
    return line


def made(dialogue: Dialogue) -> int | None:
    """Return a number that another making would change; nothing if it is not there whole."""
    last = KeptPiece.objects.filter(dialogue=dialogue, is_last=True)
    return last.values_list("pk", flat=True).first()


def pieces(dialogue: Dialogue) -> Iterator[bytes]:
    """Yield the file as it was made."""
    kept = KeptPiece.objects.filter(dialogue=dialogue).order_by("number")
    for content in kept.values_list("content", flat=True).iterator(chunk_size=1):
        yield zlib.decompress(content)


def make(dialogue: Dialogue, on_progress: Progress) -> None:
    """Make it piece by piece; of one that was left half done nothing stays."""
    KeptPiece.objects.filter(dialogue=dialogue).delete()
    n_lines, text = dialogue.voters.count() + 1, bytearray()
    numbers = iter(range(n_lines))
    for done, line in enumerate(matrix(dialogue), start=1):
        text += line.encode()
        if len(text) >= PIECE:
            _keep(dialogue, next(numbers), bytes(text))
            on_progress(done, n_lines)
            text.clear()
    _keep(dialogue, next(numbers), bytes(text), is_last=True)


def _keep(dialogue: Dialogue, number: int, text: bytes, *, is_last: bool = False) -> None:
    with transaction.atomic():  # a short one each: people vote elsewhere meanwhile
        KeptPiece.objects.create(
            dialogue=dialogue, number=number, content=zlib.compress(text, 3), is_last=is_last
        )
