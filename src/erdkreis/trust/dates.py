"""Until when each table keeps what it holds: what deletes it, or why it stays.

A test holds this against all tables there are: whoever adds one decides here.
"""

from collections.abc import Callable

from erdkreis.api import services as programs
from erdkreis.dialogues import retention as dialogues
from erdkreis.directory import retention as directory
from erdkreis.fit import retention as fit
from erdkreis.invitations import outbox
from erdkreis.jobs import services as jobs
from erdkreis.pulse import services as pulse
from erdkreis.questionnaires import retention as answers
from erdkreis.trust import retention as rest

# A date that acts by itself: who comes by it. What hangs at a row goes with it.
GOES: dict[str, Callable[..., object]] = {
    "questionnaires.Voice": answers.delete_what_is_due,
    "questionnaires.Answer": answers.delete_what_is_due,
    "questionnaires.OwnWords": answers.delete_what_is_due,
    "questionnaires.Prediction": answers.delete_what_is_due,
    "questionnaires.Evidence": answers.delete_what_is_due,
    "questionnaires.EntryBatch": answers.delete_what_is_due,
    "questionnaires.SpentSlip": answers.delete_what_is_due,
    "invitations.Code": answers.delete_what_is_due,
    "invitations.Invitee": answers.delete_what_is_due,
    "invitations.Reminding": answers.delete_what_is_due,
    "invitations.SlipKey": answers.delete_what_is_due,
    "invitations.Guardian": rest.delete_all_that_is_due,
    "invitations.Mail": outbox.send_due_mails,
    "invitations.Letter": outbox.send_due_mails,
    "dialogues.Voter": dialogues.delete_what_is_due,
    "dialogues.Vote": dialogues.delete_what_is_due,
    "dialogues.Turn": dialogues.delete_what_is_due,
    "conversations.Subscription": rest.delete_all_that_is_due,
    "conversations.Speaker": rest.delete_all_that_is_due,  # the place; open words stay
    "experiments.Said": rest.delete_all_that_is_due,  # the receipt; open words stay
    "moderation.Report": rest.delete_all_that_is_due,
    "tensions.Handing": rest.delete_all_that_is_due,  # the address
    "fit.FitConversation": fit.delete_what_is_due,
    "fit.Line": fit.delete_what_is_due,
    "fit.Decision": fit.delete_what_is_due,
    "fit.WillingVoice": fit.delete_what_is_due,
    "directory.Entry": directory.forget_what_is_due,  # drafts, and the address
    "pulse.Member": pulse.do_what_is_due,
    "accounts.Person": rest.delete_all_that_is_due,
    "accounts.OutsideIdentity": rest.delete_all_that_is_due,
    "circles.Role": rest.delete_all_that_is_due,
    "directory.Editor": rest.delete_all_that_is_due,
    "balances.RaterView": rest.delete_all_that_is_due,
    "api.Token": programs.delete_what_is_due,
    "api.Repeat": programs.delete_what_is_due,
    "api.Delivery": programs.delete_what_is_due,
    "jobs.Job": jobs.delete_what_is_due,
    "jobs.Worker": jobs.delete_what_is_due,
}
OPEN_WORDS = "open words, which those who said them can take back; they stay with the circle"
OF_THE_CIRCLE = "work of the circle, nothing about single people but names openly given"
NUMBERS = "numbers that were let out"
# No date, and why that is right.
STAYS: dict[str, str] = {
    "invitations.NoMail": "a digest, so that no further mail is sent",
    "gate.Release": NUMBERS,
    "fit.PastCounts": NUMBERS,
    "invitations.Reach": "how many were asked, never who",
    "outside.CirclePage": OF_THE_CIRCLE,
    "outside.RoundPage": OF_THE_CIRCLE,
    "reports.MadePdf": "what was let out; made anew when a name is taken out of it",
    "dialogues.KeptPiece": "of a conversation that was published elsewhere; goes with it",
    "api.Webhook": "an address of a program, until a host removes it",
    "conversations.Contribution": OPEN_WORDS,
    "conversations.Version": OPEN_WORDS,
    "dialogues.Statement": "without an author; what was not taken in goes with the votes",
    "pictures.Reply": OPEN_WORDS,
    "directory.Reply": OPEN_WORDS,
    "directory.Objection": "open words about an entry",
    "moderation.Case": "what was decided and why; who reported goes",
    "circles.JournalEntry": "what hosts did; the name goes with the account",
} | dict.fromkeys(
    (
        "answerback.AnswerBack", "answerback.Correction", "balances.BalanceRoom",
        "balances.Sheet", "balances.SheetRating", "circles.Circle", "circles.Group",
        "circles.Organisation", "conversations.Conversation", "conversations.Digest",
        "conversations.Side", "dialogues.Dialogue", "directory.Change", "directory.Fact",
        "directory.HistoryLine", "directory.Link", "directory.Look", "experiments.Amendment",
        "experiments.Experiment", "experiments.Review", "experiments.Step",
        "experiments.Touched", "experiments.Watch", "meetings.Idea", "meetings.Meeting",
        "pictures.Publication", "pulse.Pulse", "pulse.PulseDate", "pulse.Team",
        "questionnaires.ItemSet", "rounds.Asked",
        "rounds.LogEntry", "rounds.Round", "rounds.RoundGroup", "tensions.Assumption",
        "tensions.Pole", "tensions.Settlement", "tensions.Source", "tensions.Tension",
    ),
    OF_THE_CIRCLE,
)  # fmt: skip
