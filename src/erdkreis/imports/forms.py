"""Files that somebody brings along. What was looked through travels on in the page, sealed."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from erdkreis.imports.counterparts import Counterparts, counterparts
from erdkreis.imports.limesurvey import SurveyError, read_survey
from erdkreis.imports.responses import Responses, read_responses
from erdkreis.imports.services import mark_of
from erdkreis.invitations.tables import LARGEST_FILE, TableError
from erdkreis.web.text import LineField

SEALED = "erdkreis.imports"
# It travels through the browser, in a form of at most a megabyte.
LARGEST_SEALED = 900_000


class SurveyForm(forms.Form):
    """The structure of a survey, as LimeSurvey exports it."""

    file = forms.FileField(
        label=gettext_lazy("A LimeSurvey survey (.lss)"),
        help_text=gettext_lazy("In LimeSurvey: Export, Survey structure (.lss)."),
        widget=forms.FileInput(attrs={"accept": ".lss,.xml"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (file := cleaned.get("file")):
            return cleaned
        try:
            found = counterparts(read_survey(file.read()))
        except SurveyError as error:
            self.add_error("file", str(error))
            return cleaned
        sealed = sealed_up({"name": file.name[:150], "found": as_data(found)})
        if len(sealed) > LARGEST_SEALED:
            self.add_error("file", _("This survey is too long for a page. Nothing was stored."))
        return cleaned | {"found": found, "sealed": sealed}


class TakenSurveyForm(forms.Form):
    """The survey as it was shown, a title, and scales that run the other way."""

    sealed = forms.CharField(widget=forms.HiddenInput, strip=False)
    title = LineField(label=gettext_lazy("What are these questions called?"), max_length=120)

    def __init__(self, *data: Any, scales: dict[str, list[dict[str, str]]], **more: Any) -> None:
        super().__init__(*data, **more)
        for name in scales:
            self.fields[f"turn_{name}"] = forms.BooleanField(
                label=gettext_lazy("The other way round"), required=False
            )

    def turned(self) -> set[str]:
        return {
            name.removeprefix("turn_")
            for name, is_on in self.cleaned_data.items()
            if name.startswith("turn_") and is_on
        }


class RoundTitleForm(forms.Form):
    title = LineField(label=gettext_lazy("What is the round called?"), max_length=120)


class AnswersForm(forms.Form):
    """Answers that were collected elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("A file with answers"),
        help_text=gettext_lazy(
            "CSV, Excel (XLSX), OpenDocument (ODS) or a VV file of LimeSurvey, up to 2 MB. One "
            "person per line; the first line names the columns."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.vv,.xlsx,.ods"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (file := cleaned.get("file")):
            return cleaned
        if file.size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 2 MB. Please split it."))
            return cleaned
        data = file.read()
        try:
            responses = read_responses(data)
        except TableError as error:
            self.add_error("file", str(error))
            return cleaned
        label = mark_of(file.name, data)
        sealed = sealed_up({"label": label, "responses": table_as_data(responses)})
        if len(sealed) > LARGEST_SEALED:
            self.add_error(
                "file",
                _("This file is too long for a page. Nothing was stored. On the server it can be "
                  "taken in whole: erdkreis import answers."),
            )  # fmt: skip
        return cleaned | {"responses": responses, "label": label, "sealed": sealed}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of one field, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(ManyFilesField, self).clean(file, initial) for file in data or [None]]


class PublishedForm(forms.Form):
    """The files of a conversation that was published elsewhere."""

    csv_files = ManyFilesField(
        label=gettext_lazy("The files of the dialogue"),
        help_text=gettext_lazy(
            "comments.csv and votes.csv (or participants-votes.csv), if possible summary.csv, as "
            "Polis exports them: choose them together."
        ),
        widget=ManyFiles(attrs={"accept": ".csv"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (files := cleaned.get("csv_files")):
            return cleaned
        from erdkreis.dialogues.polis_files import PolisFilesError  # noqa: PLC0415 - loads numpy
        from erdkreis.imports import published  # noqa: PLC0415 - as above

        try:
            export = published.read_files(files)
        except PolisFilesError as error:
            for problem in error.problems:
                self.add_error("csv_files", str(problem))
            return cleaned
        sealed = sealed_up({"published": published.as_data(export)})
        if len(sealed) > LARGEST_SEALED:
            self.add_error(
                "csv_files",
                _("This dialogue is too large for a page. Nothing was stored. On the server "
                  "it can be taken in whole: erdkreis import polis."),
            )  # fmt: skip
        return cleaned | {"export": export, "sealed": sealed}


class TakenConversationForm(forms.Form):
    """The conversation as it was shown: what it is called, where it is from, which way it runs."""

    sealed = forms.CharField(widget=forms.HiddenInput, strip=False)
    title = LineField(label=gettext_lazy("What is the dialogue called?"), max_length=200)
    source = LineField(
        label=gettext_lazy("Where was it published?"),
        help_text=gettext_lazy("An address or a name; it stands beside the counts."),
        max_length=300,
    )
    licence = LineField(label=gettext_lazy("Under which licence?"), max_length=200, required=False)
    is_turned = forms.BooleanField(
        label=gettext_lazy("The other way round: agreement and disagreement are exchanged"),
        required=False,
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("These votes are public already. Everyone may see every count."),
        help_text=gettext_lazy("Without this, counts are shown from five votes on."),
        required=False,
    )


def sealed_up(data: dict[str, Any]) -> str:
    return signing.dumps(data, salt=SEALED, compress=True)


def unsealed(text: str, kind: str) -> dict[str, Any] | None:
    """Return what a page of this kind carried along, or nothing if somebody changed it."""
    try:
        data: dict[str, Any] = signing.loads(text, salt=SEALED)
    except signing.BadSignature:
        return None
    return data if kind in data else None


def as_data(found: Counterparts) -> dict[str, Any]:
    return {"title": found.title, **found.content}


def from_data(data: dict[str, Any], turned: set[str]) -> Counterparts:
    """Return the questions as they were shown, with scales turned round where people said so."""
    scales = {
        name: steps[::-1] if name in turned else steps for name, steps in data["scales"].items()
    }
    return Counterparts(
        title=data["title"],
        languages=tuple(data["languages"]),
        questions=data["questions"],
        open=data["open"],
        scales=scales,
        columns=data["columns"],
        codes=data["codes"],
    )


def table_as_data(responses: Responses) -> dict[str, Any]:
    return {
        "header": responses.header,
        "rows": responses.rows,
        "words": responses.words,
        "is_vv": responses.is_vv,
    }


def table_from_data(data: dict[str, Any]) -> Responses:
    return Responses(
        header=tuple(data["header"]),
        rows=tuple((line, cells) for line, cells in data["rows"]),
        words=tuple(data["words"]),
        is_vv=data["is_vv"],
    )
