"""Every kind of thing that is stored, with who sees it and when it goes.

A table that nobody described here still appears on the page, by its own name: nothing is stored
that the page does not know of.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from erdkreis.api.services import KEPT_AFTER_END, KEPT_DELIVERIES
from erdkreis.dialogues.retention import MONTHS_WITHOUT_A_ROUND
from erdkreis.jobs.services import KEEP_DONE, KEEP_SET_ASIDE
from erdkreis.questionnaires.retention import deletion_day
from erdkreis.rounds.models import Round
from erdkreis.trust import retention

Words = str | Promise


@dataclass(frozen=True)
class Stored:
    """One line: tables by their labels, what stands in them, who sees it, until when."""

    tables: tuple[str, ...]
    what: Words
    seen_by: Words
    until: Words
    # True where it goes on the day that a round promises; `until` then says what goes earlier.
    goes_with_answers: bool = False


@dataclass(frozen=True)
class Line:
    what: str
    seen_by: str
    until: str


STORED = (
    Stored(
        ("questionnaires.Voice", "questionnaires.Answer"),
        gettext_lazy(
            "An answer: what was ticked, the group, the language, the way in, the day. No name, no "
            "mail address, no internet address, no time of day."
        ),
        gettext_lazy("Nobody singly. Groups are shown as numbers, from the minimum size on."),
        gettext_lazy("What can never be shown is deleted when the picture is made."),
        goes_with_answers=True,
    ),
    Stored(
        ("questionnaires.OwnWords",),
        gettext_lazy("What was written freely, cut from the rest of the answer"),
        gettext_lazy(
            "Those who read the picture, mixed and only from the minimum size on. The facilitator "
            "can take out names, with a mark."
        ),
        "",
        goes_with_answers=True,
    ),
    Stored(
        ("questionnaires.Prediction", "questionnaires.Evidence"),
        gettext_lazy("What the leadership expected, and what guardians rely on"),
        gettext_lazy("Everyone who sees the picture"),
        "",
        goes_with_answers=True,
    ),
    Stored(
        ("invitations.Code",),
        gettext_lazy("One-time codes: only a digest, and whether the code was used"),
        gettext_lazy("Nobody"),
        "",
        goes_with_answers=True,
    ),
    Stored(
        ("invitations.Invitee", "invitations.Reminding"),
        gettext_lazy("The list of a group: mail address, name, language, day of the invitation"),
        gettext_lazy("On no page; hosts see how many there are"),
        gettext_lazy("Hosts can delete it at any time."),
        goes_with_answers=True,
    ),
    Stored(
        ("invitations.Reach",),
        gettext_lazy("How many of each group were reached, and by which way: numbers only"),
        gettext_lazy("Whoever reads the report of the round"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("invitations.Mail", "invitations.Letter"),
        gettext_lazy("Mails that wait to be sent"),
        gettext_lazy("Nobody; the mail server passes them on"),
        format_lazy(
            gettext_lazy("Deleted when they are sent; if they cannot be sent, after {n} days."),
            n=retention.SET_ASIDE.days,
        ),
    ),
    Stored(
        ("jobs.Job", "jobs.Worker"),
        gettext_lazy(
            "Work that waits or was done: its kind, the number of what it is about, when, and "
            "what went wrong; nothing about people"
        ),
        gettext_lazy("Hosts see that of their circle, whoever runs the server all of it"),
        format_lazy(
            gettext_lazy("{done} days after it was done; what could not be done, after {aside}."),
            done=KEEP_DONE.days,
            aside=KEEP_SET_ASIDE.days,
        ),
    ),
    Stored(
        ("invitations.NoMail",),
        gettext_lazy("Who wants no mail: only a digest of the address"),
        gettext_lazy("Nobody"),
        gettext_lazy("Stays, so that no further mail is sent."),
    ),
    Stored(
        ("invitations.Guardian",),
        gettext_lazy("Guardians: name, club, declared interests, digest of the personal code"),
        gettext_lazy("Everyone who sees the picture: they speak by name"),
        gettext_lazy(
            "Those who never spoke: deleted with single answers. The others stay with the round "
            "until they take their consent back, at their personal link."
        ),
    ),
    Stored(
        ("questionnaires.EntryBatch",),
        gettext_lazy("Piles of paper forms: label, day, which helper typed and checked them"),
        gettext_lazy("Entry helpers of the circle"),
        "",
        goes_with_answers=True,
    ),
    Stored(
        ("questionnaires.ItemSet",),
        gettext_lazy("Questions that a circle brought along, and the name of their file"),
        gettext_lazy("Those who prepare rounds; the questions everyone who is asked"),
        gettext_lazy("With the circle"),
    ),
    Stored(
        ("gate.Release", "reports.MadePdf"),
        gettext_lazy("What was released: numbers and words of the picture"),
        gettext_lazy("Who may see the picture; everyone once it is published"),
        gettext_lazy("Stays as it was released."),
    ),
    Stored(
        ("dialogues.Voter", "dialogues.Vote", "dialogues.Statement", "dialogues.Turn"),
        gettext_lazy(
            "Votes and statements of a dialogue: the group, the day, how likely each statement was "
            "to be shown, which one lies before a voter; no name"
        ),
        gettext_lazy("Statements: everyone in the dialogue. Votes: nobody singly."),
        format_lazy(
            gettext_lazy(
                "The receipt and what lies before a voter are deleted when the dialogue closes. "
                "Votes, and statements that were not taken in, are deleted as many months later as "
                "its round keeps single answers; without a round, after {n} months. A dialogue "
                "nobody voted in for as long is closed."
            ),
            n=MONTHS_WITHOUT_A_ROUND,
        ),
    ),
    Stored(
        ("conversations.Subscription",),
        gettext_lazy("Mail addresses of those who want to hear of a conversation, beside no words"),
        gettext_lazy("Nobody"),
        format_lazy(
            gettext_lazy(
                "Until they are taken off by the link in each mail, at the latest {n} months after "
                "the end of the conversation; unconfirmed ones at its end."
            ),
            n=retention.SUBSCRIPTION_MONTHS,
        ),
    ),
    Stored(
        ("conversations.Speaker", "conversations.Contribution", "conversations.Version",
         "conversations.Digest"),
        gettext_lazy(
            "What is said in a conversation, under a name or a drawn one, and a digest by which a "
            "device finds its own place again"
        ),
        gettext_lazy("Everyone with a link to the conversation"),
        format_lazy(
            gettext_lazy(
                "Own words can be taken back. The digest is deleted {n} months after the end; the "
                "words stay with the circle."
            ),
            n=retention.ENDED_MONTHS,
        ),
    ),
    Stored(
        ("experiments.Said",),
        gettext_lazy(
            "What groups said to an experiment, with the group and the day, and a digest of the "
            "receipt"
        ),
        gettext_lazy("Everyone in the circle, and those who are touched"),
        format_lazy(
            gettext_lazy(
                "The digest is deleted {n} months after the day of looking back; the words "
                "stay with the circle."
            ),
            n=retention.ENDED_MONTHS,
        ),
    ),
    Stored(
        ("moderation.Case", "moderation.Report"),
        gettext_lazy(
            "That somebody asked for a second look, why, and a digest so that it counts once; what "
            "was decided"
        ),
        gettext_lazy("Hosts and facilitators. Who asked: nobody."),
        format_lazy(
            gettext_lazy(
                "What was asked is deleted {n} months after the decision; the decision stays with "
                "the circle."
            ),
            n=retention.ENDED_MONTHS,
        ),
    ),
    Stored(
        ("tensions.Handing",),
        gettext_lazy("To whom a red line was handed: name, mail address, day, what was done"),
        gettext_lazy("Those who may open the room it belongs to"),
        format_lazy(
            gettext_lazy(
"The address is deleted after {n} months; the rest stays with the circle."),
            n=retention.HANDING_MONTHS,
        ),
    ),
    Stored(
        ("fit.FitConversation", "fit.Line", "fit.Decision"),
        gettext_lazy(
            "Fit conversations before a purchase: what both sides wrote and decided; a mail "
            "address only where somebody wants to be asked once more after six months"
        ),
        gettext_lazy("Only the two sides"),
        gettext_lazy("After twelve months without activity; own words at any time."),
    ),
    Stored(
        ("fit.WillingVoice",),
        gettext_lazy("Mail addresses of those who want to be asked as somebody who does not buy"),
        gettext_lazy("On no page; nothing leads from here to a conversation"),
        gettext_lazy("When they were invited, or ask for it."),
    ),
    Stored(
        ("pulse.Pulse", "pulse.Team", "pulse.Member", "pulse.PulseDate"),
        gettext_lazy(
            "Pulses: teams, dates, and the list of who is asked each time: mail address, name, "
            "language. Answers to them are kept as those of a round, apart from this list."
        ),
        gettext_lazy("The list is on no page; hosts see how many there are"),
        gettext_lazy("The list when the pulse ends, or at any time by the hosts."),
    ),
    Stored(
        ("directory.Entry",),
        gettext_lazy(
            "Suggestions for the directory; a mail address only of those who may be asked back"
        ),
        gettext_lazy("The entry: everyone, once it is published. The address: the editors."),
        gettext_lazy(
"The address is deleted a month after the decision, a draft after three months."),
    ),
    Stored(
        ("accounts.Person", "accounts.OutsideIdentity", "circles.Role"),
        gettext_lazy(
            "Accounts of hosts, facilitators, guardians, helpers, readers: mail address, name, "
            "password as a digest, number at a sign-in service, roles. Answering needs no account."
        ),
        gettext_lazy("Those who have a role in the same circle see name and role."),
        format_lazy(
            gettext_lazy(
                "Until the account is deleted; by itself when nobody signed in for {n} months, "
                "{warned} days after a mail that says so, unless a circle would be left without a "
                "host."
            ),
            n=retention.ACCOUNT_MONTHS,
            warned=retention.WARNED_DAYS,
        ),
    ),
    Stored(
        ("api.Token", "api.Repeat"),
        gettext_lazy(
            "Tokens with which programs of a host are let in: name, who made it, what it may do, "
            "only a digest, the day of the last use; for a day, the answers to what they wrote"
        ),
        gettext_lazy("The hosts of the circle; digests and answers nobody"),
        format_lazy(
            gettext_lazy(
                "When they are revoked or the account is deleted, at the latest {n} days after "
                "their last day."
            ),
            n=KEPT_AFTER_END.days,
        ),
    ),
    Stored(
        ("api.Webhook", "api.Delivery"),
        gettext_lazy(
            "Addresses that are told when something happened in a circle, and the messages: what "
            "and on which day, nothing about people"
        ),
        gettext_lazy("The hosts of the circle"),
        format_lazy(
            gettext_lazy("The address until it is removed, messages after {n} days."),
            n=KEPT_DELIVERIES.days,
        ),
    ),
    Stored(
        ("circles.JournalEntry", "rounds.LogEntry"),
        gettext_lazy("What hosts and facilitators did: deed, role, name, day"),
        gettext_lazy("Everyone who may read the circle"),
        gettext_lazy("Stays with the circle; the journal loses a name with its account."),
    ),
    Stored(
        ("circles.Organisation", "circles.Circle", "circles.Group", "rounds.Round",
         "rounds.RoundGroup", "pictures.Publication", "pictures.Reply", "dialogues.Dialogue",
         "outside.CirclePage", "outside.RoundPage", "rounds.Asked"),
        gettext_lazy("The circle itself: organisation, groups, promise, notes and answers of it"),
        gettext_lazy("Everyone who may read the circle, and in part everyone who is asked"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("questionnaires.SpentSlip", "invitations.SlipKey"),
        gettext_lazy(
            "Slips without a name: a digest of each that has begun a voice, and the key of the "
            "group that signed them. Neither leads to a code or to an answer."
        ),
        gettext_lazy("Nobody; the public half of the key everyone who is asked"),
        gettext_lazy("The digests are deleted when the picture is made."),
        goes_with_answers=True,
    ),
    Stored(
        ("dialogues.KeptPiece",),
        gettext_lazy("Copies of published files of a dialogue, so that they come at once"),
        gettext_lazy("Whoever may read those files"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("conversations.Conversation", "conversations.Side"),
        gettext_lazy("Conversations: what each is about, and which groups are invited"),
        gettext_lazy("Everyone with a link to the conversation"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("tensions.Tension", "tensions.Pole", "tensions.Assumption", "tensions.Source",
         "tensions.Settlement"),
        gettext_lazy("Tensions: both poles, what is assumed, and how they were settled"),
        gettext_lazy("Hosts and facilitators"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("experiments.Experiment", "experiments.Watch", "experiments.Touched",
         "experiments.Amendment", "experiments.Step", "experiments.Review"),
        gettext_lazy(
            "Experiments: what is tried, who takes care, which groups feel it, what was expected "
            "and what came of it"
        ),
        gettext_lazy("Everyone who may read the circle, and those who are touched"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("meetings.Meeting", "meetings.Idea"),
        gettext_lazy("Circle meetings: plan, minutes without names, ideas"),
        gettext_lazy("Everyone who may read the circle"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("answerback.AnswerBack", "answerback.Correction"),
        gettext_lazy("What everyone who was asked is told at the end, and how it was corrected"),
        gettext_lazy("Everyone who was asked, once it is published"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("balances.BalanceRoom", "balances.Sheet", "balances.SheetRating", "balances.RaterView"),
        gettext_lazy(
            "Sheets along the matrix: figures of the organisation, ratings with reasons, and by "
            "name how each of those who rate sees them"
        ),
        gettext_lazy("Everyone who may read the circle"),
        gettext_lazy("Stays with the circle; somebody’s own view is deleted with the account."),
    ),
    Stored(
        ("fit.PastCounts",),
        gettext_lazy("How fit conversations ended that are gone: numbers only"),
        gettext_lazy("Those who may open the room it belongs to"),
        gettext_lazy("Stays with the circle."),
    ),
    Stored(
        ("directory.Fact", "directory.Editor", "directory.Look", "directory.Change",
         "directory.Reply", "directory.Objection", "directory.HistoryLine", "directory.Link"),
        gettext_lazy(
            "The directory: facts with their sources, replies and objections, proposed changes, "
            "its history, and what each editor found"
        ),
        gettext_lazy("What is published: everyone. What waits, and who found what: the editors."),
        gettext_lazy("Stays with the entry; what an editor found is deleted with the account."),
    ),
)  # fmt: skip


def lines(round_: Round | None = None) -> list[Line]:
    """Return what is stored; for a round with the very day on which single answers go."""
    return [line_of(one, round_) for one in STORED] + lines_of_undescribed()


def line_of(one: Stored, round_: Round | None = None) -> Line:
    return Line(str(one.what), str(one.seen_by), _until(one, round_))


def lines_of_undescribed() -> list[Line]:
    return [
        Line(
            str(table._meta.verbose_name_plural),
            _("Those who may open the room it belongs to"),
            _("Stays with the circle."),
        )
        for table in undescribed()
    ]


def undescribed() -> Iterator[type[Model]]:
    known = {label for one in STORED for label in one.tables}
    for table in apps.get_models():
        if table.__module__.startswith("erdkreis.") and table._meta.label not in known:
            yield table


def _until(one: Stored, round_: Round | None) -> str:
    if not one.goes_with_answers:
        return str(one.until)
    day = deletion_day(round_) if round_ else None
    last = (
        _("Deleted at the latest on %(day)s.") % {"day": date_format(day)}
        if day
        else _("Deleted on the day that each round promises before the first question.")
    )
    return f"{one.until} {last}".strip()
