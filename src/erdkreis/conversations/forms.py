from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group
from erdkreis.conversations.models import (
    LONGEST_CONTRIBUTION,
    Contribution,
    Conversation,
    Side,
    Speaker,
    Subscription,
)
from erdkreis.conversations.speaking import KINDS
from erdkreis.moderation.models import Outcome, Reason
from erdkreis.web.text import LineField, TextField

Kind = Contribution.Kind
LONG = forms.Textarea(attrs={"rows": 4})


class ConversationForm(forms.ModelForm[Conversation]):
    """A new conversation: what to understand, what is open, and which groups are invited."""

    title = LineField(label=_("Title"), max_length=160)
    question = TextField(
        label=_("What do you want to understand?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    what_is_open = TextField(
        label=_("What is open, and what is already decided?"),
        max_length=500,
        help_text=_("A talk about what is decided already is no talk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Which groups are invited?"),
        queryset=Group.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two. Each gets a link and a QR code of its own."),
    )

    class Meta:
        model = Conversation
        fields = ["title", "question", "what_is_open", "groups", "languages", "reads_first"]

    def __init__(self, circle: Circle, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["groups"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = circle.groups.filter(is_on=True)

    def clean_groups(self) -> list[Group]:
        groups = list(self.cleaned_data["groups"])
        if len(groups) < 2:  # noqa: PLR2004 - a talk needs two
            raise forms.ValidationError(_("A conversation needs at least two groups."))
        return groups


class ComeInForm(forms.Form):
    """How somebody wants to be shown."""

    GROUP, ALONE, NAME = "group", "alone", "name"

    way = forms.ChoiceField(label=_("How do you want to be shown?"), widget=forms.RadioSelect)
    name = LineField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("Only if you speak by name. Nobody checks it."),
    )

    def __init__(self, side: Side, data: Any = None) -> None:
        ways = self._ways(side)
        first = self.ALONE if side.shown != Side.Shown.WITH_GROUP else self.GROUP
        codes = [code for code, _label in ways]
        super().__init__(data, initial={"way": first if first in codes else codes[0]})
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = ways

    def _ways(self, side: Side) -> list[tuple[str, Any]]:
        if side.speaks_by_name:
            return [(self.NAME, _("by name"))]
        with_group = _("as someone from “%(group)s”, without a name") % {"group": side.name}
        alone = _("as someone, without a name and without the group")
        ways: list[tuple[str, Any]] = []
        if side.is_leadership or side.has_choice:
            ways.append((self.GROUP, with_group))
        if not side.is_leadership:
            ways.append((self.ALONE, alone))
        return [*ways, (self.NAME, _("by name"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("way") == self.NAME and not cleaned.get("name"):
            self.add_error("name", _("Please write the name by which you want to speak."))
        return cleaned

    @property
    def mode(self) -> str:
        is_named = self.cleaned_data["way"] == self.NAME
        return Speaker.Mode.NAMED if is_named else Speaker.Mode.ANONYMOUS

    @property
    def shows_group(self) -> bool:
        return bool(self.cleaned_data["way"] == self.GROUP)


class SayForm(forms.Form):
    """Something said in the present phase. What is too long comes back whole."""

    phase = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    text = TextField(label=_("Your words"), max_length=LONGEST_CONTRIBUTION, widget=LONG)

    def __init__(self, conversation: Conversation, data: Any = None) -> None:
        kinds = KINDS[conversation.phase]
        super().__init__(data, initial={"phase": conversation.phase, "kind": kinds[0]})
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        # What was possible before the phase moved on is understood, and refused in a sentence.
        known = [kind for kinds in KINDS.values() for kind in kinds] if data else kinds
        field.choices = [(kind, kind.label) for kind in known]
        if len(kinds) == 1 and not data:
            field.widget = forms.HiddenInput()


class WordsForm(forms.Form):
    """One text: an answer, a change, an appeal."""

    text = TextField(label=_("Your words"), max_length=LONGEST_CONTRIBUTION, widget=LONG)


class AcceptForm(forms.Form):
    """Whether one was heard rightly."""

    is_right = forms.ChoiceField(
        label=_("Is that what you mean?"),
        choices=[
            (Contribution.Accepted.YES, Contribution.Accepted.YES.label),
            (Contribution.Accepted.NOT_QUITE, Contribution.Accepted.NOT_QUITE.label),
        ],
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=_("If not quite: how do you mean it?"),
        max_length=LONGEST_CONTRIBUTION,
        required=False,
        widget=LONG,
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why should somebody look at it?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    text = LineField(label=_("A word more, if you like"), max_length=300, required=False)


class DecideForm(forms.Form):
    """What becomes of a reported contribution."""

    case = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    outcome = forms.ChoiceField(
        label=_("What becomes of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("If it is not shown: why?"), required=False, choices=[("", "–"), *Reason.choices]
    )
    note = LineField(
        label=_("A word to the one who wrote it"),
        required=False,
        max_length=300,
        help_text=_("Needed for “another reason”, and for the second decision."),
    )


class LeadForm(forms.Form):
    """What the facilitator writes: a note, what became of it, or what somebody said elsewhere."""

    side = forms.ModelChoiceField(
        label=_("Whose words are these?"),
        queryset=Side.objects.none(),
        required=False,
        empty_label=_("my own, as facilitator"),
        help_text=_("For people without a screen: what they told you, in their words."),
    )
    kind = forms.ChoiceField(label=_("What is it?"))
    text = TextField(label=_("The words"), max_length=LONGEST_CONTRIBUTION, widget=LONG)

    def __init__(self, conversation: Conversation, data: Any = None) -> None:
        super().__init__(data)
        side, kind = self.fields["side"], self.fields["kind"]
        assert isinstance(side, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - tells the type checker
        side.queryset = conversation.sides.select_related("group")
        own = [Kind.NEWS] if conversation.is_closed else [Kind.NOTE, *KINDS[conversation.phase]]
        kind.choices = [(one, one.label) for one in own]
        if conversation.is_closed:
            del self.fields["side"]


class CloseForm(forms.Form):
    outcome = TextField(
        label=_("What came of it?"),
        max_length=LONGEST_CONTRIBUTION,
        widget=LONG,
        help_text=_("A decision, a proposal, an experiment, or the best open question."),
    )
    minority = TextField(
        label=_("What do some see differently?"),
        max_length=2000,
        required=False,
        widget=LONG,
        help_text=_("Kept beside the outcome, in the words of those who see it so."),
    )


class MailForm(forms.Form):
    """An address that wants to hear of the conversation."""

    address = forms.EmailField(label=_("Mail address"), max_length=254)
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Subscription.Rhythm.choices,
        initial=Subscription.Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )
