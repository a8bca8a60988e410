"""The roll does not tell in which order its codes were used.

On PostgreSQL a row that changes goes to another place and gets the number of the transaction that
changed it; a voice that begins in the same moment gets the next one. So with each code that is
used, those used before are written anew beside it. (SQLite changes a row of the same length in
its place.)
"""

from django.db import connection

from erdkreis.invitations.models import Code
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.order_of_rows import touch

# Among so many others a code is hidden; more would cost time and hide nothing further.
MOST_MIXED = 200


def one_at_a_time(group_id: int) -> None:
    """Wait until nobody else mixes rows of this group; called in a transaction.

    Answers that come in meanwhile do not wait: they do not change the group.
    """
    list(RoundGroup.objects.select_for_update(no_key=True).filter(pk=group_id).values_list("pk"))


def mix_with_used_codes(group_id: int, digest: str) -> None:
    """Write a code that was just used anew with others; called after `one_at_a_time`."""
    if connection.vendor == "sqlite":
        return
    used = Code.objects.filter(round_group=group_id, is_used=True)
    others = used.exclude(digest=digest).order_by("?").values_list("pk", flat=True)
    touch(Code, [*used.filter(digest=digest).values_list("pk", flat=True), *others[:MOST_MIXED]])
