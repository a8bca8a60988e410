"""What tables and fields are called on the page that shows somebody what is stored about them.

Only where the table itself has no words for people. ``tests/trust`` fails for one without any.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

TABLES: dict[str, Promise] = {
    "balances.raterview": _("Own views along the matrix"),
    "conversations.speaker": _("In conversations"),
    "directory.editor": _("Editor of the directory"),
    "directory.look": _("Looks at entries of the directory"),
    "directory.change": _("Proposed changes of the directory"),
    "fit.fitconversation": _("Fit conversations"),
    "questionnaires.entrybatch": _("Piles of paper typed in"),
    "accounts.outsideidentity": _("Sign-in elsewhere"),
}

FIELDS: dict[str, Promise] = {
    "about": _("about"),
    "action": _("what was done"),
    "active_on": _("last something happened on"),
    "appeal": _("objection"),
    "appeal_decided_by": _("objection decided by"),
    "appeal_decided_on": _("objection decided on"),
    "appeal_note": _("words on the objection"),
    "appeal_outcome": _("outcome of the objection"),
    "appealed_on": _("objected on"),
    "began_on": _("began on"),
    "begun_on": _("began on"),
    "by": _("by"),
    "checked_by": _("checked by"),
    "circle": _("circle"),
    "code": _("short name"),
    "conversation": _("conversation"),
    "created_at": _("made on"),
    "day": _("day"),
    "decided_by": _("decided by"),
    "decided_on": _("decided on"),
    "editor": _("editor"),
    "entry": _("entry"),
    "estimation": _("own estimation"),
    "follow_up": _("asked again in"),
    "follow_up_email": _("mail address for asking again"),
    "follow_up_language": _("language for asking again"),
    "follows": _("follows"),
    "id": _("running number"),
    "invited_to_review_on": _("invited to look back on"),
    "kinds": _("kinds"),
    "last_checked": _("last checked on"),
    "last_used_at": _("last used on"),
    "last_used_on": _("last used on"),
    "link_renewed_on": _("link made anew on"),
    "locked": _("locked words"),
    "locked_at": _("locked on"),
    "made_on": _("made on"),
    "mode": _("appears as"),
    "n_differences": _("forms that differed"),
    "n_forms": _("forms"),
    "name": _("name"),
    "note": _("words on it"),
    "on": _("on"),
    "opened_on": _("opened on"),
    "origin": _("came from"),
    "outcome": _("outcome"),
    "person": _("person"),
    "place": _("place"),
    "provider": _("who offers"),
    "provider_name": _("name of who offers"),
    "pseudonym": _("chosen word"),
    "published_on": _("published on"),
    "reached": _("reached step"),
    "reason": _("reason"),
    "recheck_since": _("to be checked since"),
    "reminded_on": _("reminded on"),
    "role": _("role"),
    "room": _("where"),
    "round_group": _("group of a round"),
    "round_id": _("number of the round"),
    "scopes": _("what it may do"),
    "search_words": _("words to be found by"),
    "seeker_name": _("name of who looks for something"),
    "settled_on": _("settled on"),
    "sheet": _("sheet"),
    "shows_group": _("shows the group"),
    "side": _("side"),
    "slug": _("part of the address"),
    "start_idea": _("began with an idea"),
    "start_round": _("began with a round"),
    "start_statement": _("began with a statement"),
    "start_subject": _("began with a question"),
    "start_tension": _("began with a tension"),
    "start_words": _("began with own words"),
    "state": _("state"),
    "status": _("state"),
    "subject": _("subject"),
    "submitter": _("who suggested it"),
    "submitter_mail": _("mail address of who suggested it"),
    "to_check": _("forms to check"),
    "told_on": _("told on"),
    "type": _("kind"),
    "typed_by": _("typed by"),
    "user": _("person"),
    "variant": _("kind"),
    "verdict": _("verdict"),
    "version": _("version"),
    "wanted": _("what should stand there"),
    "watch_round": _("watched in"),
    "wording": _("wording"),
    "words_to_submitter": _("words to who suggested it"),
}


def table(about: type[models.Model]) -> str:
    return capfirst(str(TABLES.get(about._meta.label_lower, about._meta.verbose_name_plural)))


def field(one: "models.Field[object, object]") -> str:
    """Return the words of a field: its own, where it has some, or those that stand here."""
    has_words = isinstance(one.verbose_name, Promise)
    return capfirst(str(one.verbose_name if has_words else FIELDS.get(one.name, one.verbose_name)))
