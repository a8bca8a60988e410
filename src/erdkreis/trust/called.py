"""What tables and fields are called on the page that shows somebody what is stored about them.

Only where the table itself has no words for people. ``tests/trust`` fails for one without any.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.fit.models import Line
from erdkreis.fit.wording import wordings
from erdkreis.web.languages import NAMES_FOR_VOICES

TABLES: dict[str, Promise] = {
    "balances.raterview": _("Own views along the matrix"),
    "conversations.speaker": _("In conversations"),
    "directory.editor": _("Editor of the directory"),
    "directory.look": _("Checks of entries in the directory"),
    "directory.change": _("Proposed changes of the directory"),
    "fit.fitconversation": _("Fit conversations"),
    "fit.line": _("What you wrote in fit conversations"),
    "fit.decision": _("What you decided in fit conversations"),
    "questionnaires.entrybatch": _("Piles of paper typed in"),
    "accounts.outsideidentity": _("Sign-in elsewhere"),
    "circles.journalentry": _("What was done here"),
    "conversations.contribution": _("What was said in conversations"),
    "conversations.version": _("How it read before"),
    "conversations.subscription": _("Mails about conversations"),
    "fit.willingvoice": _("Wishes to be asked in the next round"),
    "pulse.member": _("In a team of a pulse"),
    "invitations.invitee": _("On lists of people to invite"),
    "invitations.nomail": _("Wishes for no more mails"),
    "invitations.mail": _("Mails to be sent"),
    "invitations.letter": _("Letters to be sent"),
    "tensions.handing": _("Red lines handed over"),
}

FIELDS: dict[str, Promise] = {
    "about": _("about"),
    "accepted": _("whether it was meant so"),
    "action": _("what was done"),
    "active_on": _("last something happened on"),
    "address": _("mail address"),
    "answer_by": _("answer by"),
    "answered_on": _("answered on"),
    "answers": _("answers what"),
    "appeal": _("objection"),
    "appeal_decided_by": _("objection decided by"),
    "appeal_decided_on": _("objection decided on"),
    "appeal_note": _("words on the objection"),
    "appeal_outcome": _("outcome of the objection"),
    "appealed_on": _("objected on"),
    "aspect": _("what it is about"),
    "attempts": _("tries so far"),
    "began_on": _("began on"),
    "begun_on": _("began on"),
    "body": _("words"),
    "by": _("by"),
    "by_day": _("by"),
    "changed": _("changed"),
    "checked_by": _("checked by"),
    "choice": _("what was chosen"),
    "circle": _("circle"),
    "code": _("short name"),
    "contribution": _("contribution"),
    "conversation": _("conversation"),
    "correction": _("correction"),
    "created_at": _("made on"),
    "day": _("day"),
    "decided_by": _("decided by"),
    "decided_on": _("decided on"),
    "decision": _("decision"),
    "editor": _("editor"),
    "email": _("mail address"),
    "entry": _("entry"),
    "estimation": _("own assessment"),
    "follow_up": _("asked again in"),
    "follow_up_email": _("mail address for asking again"),
    "follow_up_language": _("language for asking again"),
    "follows": _("follows"),
    "handed_by": _("handed over by"),
    "id": _("running number"),
    "invited_on": _("invited on"),
    "invited_to_review_on": _("invited to look back on"),
    "invitee": _("on the list"),
    "is_confirmed": _("confirmed"),
    "is_decisive_for_provider": _("decisive for who offers"),
    "is_decisive_for_seeker": _("decisive for who looks for something"),
    "is_deleted": _("taken back"),
    "kind": _("kind"),
    "kinds": _("kinds"),
    "language": _("language"),
    "last_checked": _("last checked on"),
    "last_used_at": _("last used on"),
    "last_used_on": _("last used on"),
    "link_renewed_on": _("link made anew on"),
    "locked": _("locked words"),
    "locked_at": _("locked on"),
    "made_on": _("made on"),
    "meet_on": _("meet again on"),
    "mode": _("appears as"),
    "month": _("month"),
    "n_differences": _("forms that differed"),
    "n_forms": _("forms"),
    "n_reminders": _("number of reminders"),
    "name": _("name"),
    "next_try": _("next try"),
    "note": _("words on it"),
    "number": _("number"),
    "on": _("on"),
    "opened_on": _("opened on"),
    "origin": _("came from"),
    "outcome": _("outcome"),
    "person": _("person"),
    "phase": _("part of the conversation"),
    "place": _("place"),
    "provider": _("who offers"),
    "provider_name": _("name of who offers"),
    "pseudonym": _("word drawn by lot"),
    "published_on": _("published on"),
    "pulse": _("pulse"),
    "reached": _("reached step"),
    "reason": _("reason"),
    "recheck_since": _("to be checked since"),
    "reminded_on": _("reminded on"),
    "reminding": _("reminder"),
    "reply_to": _("answers go to"),
    "rhythm": _("how often"),
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
    "speaker": _("speaker"),
    "start_idea": _("began with an idea"),
    "start_round": _("began with a round"),
    "start_statement": _("began with a statement"),
    "start_subject": _("began with a question"),
    "start_tension": _("began with a tension"),
    "start_words": _("began with own words"),
    "state": _("state"),
    "status": _("state"),
    "step": _("step"),
    "subject": _("subject"),
    "submitter": _("who suggested it"),
    "submitter_mail": _("mail address of who suggested it"),
    "taken_back_on": _("taken back on"),
    "team": _("team"),
    "tension": _("tension"),
    "text": _("words"),
    "to_check": _("forms to check"),
    "told_on": _("told on"),
    "type": _("kind"),
    "typed_by": _("typed by"),
    "user": _("person"),
    "value": _("decision"),
    "variant": _("kind"),
    "verdict": _("verdict"),
    "version": _("version"),
    "wanted": _("what should stand there"),
    "watch_round": _("watched in"),
    "wording": _("wording"),
    "words_to_submitter": _("words to who suggested it"),
    "written_on": _("written on"),
}


def table(about: type[models.Model]) -> str:
    return capfirst(str(TABLES.get(about._meta.label_lower, about._meta.verbose_name_plural)))


def field(one: "models.Field[object, object]") -> str:
    """Return the words of a field: its own, where it has some, or those that stand here."""
    has_words = isinstance(one.verbose_name, Promise)
    return capfirst(str(one.verbose_name if has_words else FIELDS.get(one.name, one.verbose_name)))


def chosen(one: "models.Field[object, object]") -> dict[str, str]:
    """Return the words for what can be chosen in a field, by what is stored."""
    if one.name == "language":
        return dict(NAMES_FOR_VOICES)
    if one.model is Line and one.name in {"step", "aspect", "choice"}:
        return _of_fit(one.name)
    return {str(value): str(words) for value, words in one.flatchoices or ()}


def _of_fit(name: str) -> dict[str, str]:
    """Return the sentences that a line of a fit conversation names by a code."""
    texts, spoken = wordings(), get_language() or "en"
    steps = {code: asked.title for code, asked in texts.steps.items()}
    said = {"step": steps, "aspect": texts.aspects, "choice": texts.choices}[name]
    return {code: words.in_language(spoken) for code, words in said.items()}
