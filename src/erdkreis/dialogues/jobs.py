"""Analysing, beside the requests."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from erdkreis.dialogues import large_file
from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.services import dialogues_to_analyse, refresh_opinion
from erdkreis.jobs.clock import Every
from erdkreis.jobs.kinds import Running, job
from erdkreis.jobs.services import put_in

A_MINUTE = timedelta(minutes=1)


@job("opinions", _("See in which dialogues enough people voted"), clock=Every(A_MINUTE))
def look(_work: Running) -> None:
    for dialogue in dialogues_to_analyse():
        put_in("opinion", {"dialogue": dialogue.pk}, key=str(dialogue.pk), circle=dialogue.circle)


@job("opinion", _("Analyse the votes of a dialogue"), is_heavy=True)
def analyse(work: Running) -> None:
    dialogue = Dialogue.objects.filter(pk=work.numbers["dialogue"]).first()
    if dialogue is not None:
        refresh_opinion(dialogue)


@job(large_file.KIND, _("Make the file of all votes of a published conversation"), is_heavy=True)
def make_file(work: Running) -> None:
    dialogue = Dialogue.objects.filter(pk=work.numbers["dialogue"]).first()
    if dialogue is not None and not large_file.made(dialogue):
        large_file.make(dialogue, work.progress)
