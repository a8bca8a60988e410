"""Addresses of touched groups: to be read aloud, and not to be guessed."""

import secrets

from erdkreis.circles.models import Group
from erdkreis.circles.services import readable_slug
from erdkreis.rounds.services import EASY_TO_READ

# Longer than the address of a round: whoever finds it can object, and stop an experiment.
N_RANDOM = 10


def address_for(group: Group) -> str:
    ending = "".join(secrets.choice(EASY_TO_READ) for _digit in range(N_RANDOM))
    return f"{readable_slug(group.name)[:22].strip('-') or 'group'}-{ending}"
