"""How those who speak are called: by group and role, never by rank, and never counted."""

from django.utils.translation import gettext as _

from erdkreis.conversations.models import Speaker
from erdkreis.conversations.pseudonyms import said

Mode = Speaker.Mode


def label_of(speaker: Speaker) -> str:
    """Return what stands above a contribution."""
    group = speaker.side.name if speaker.side and speaker.shows_group else ""
    if speaker.mode == Mode.FACILITATOR:
        return _("%(name)s, facilitator") % {"name": speaker.name}
    if speaker.mode == Mode.NAMED:
        return _("%(name)s (as written), %(group)s") % {"name": speaker.name, "group": group}
    if speaker.mode == Mode.RELAYED:
        if group:
            return _("Someone from “%(group)s”, through the facilitator") % {"group": group}
        return _("Someone, through the facilitator")
    word = said(speaker.pseudonym)
    if group:
        return _("Someone from “%(group)s” · %(word)s") % {"group": group, "word": word}
    return _("Someone · %(word)s") % {"word": word}
