from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

NOTED = action("experiments.noted", _("Idea for an experiment noted"))
WRITTEN = action("experiments.written", _("Experiment written on"))
SHAPED = action("experiments.shaped", _("Experiment shaped"))
OPENED_AGAIN = action("experiments.opened_again", _("Experiment opened again to change it"))
ASKED = action("experiments.asked", _("A touched group asked by mail about an experiment"))
SAID = action("experiments.said", _("Noted what a touched group said about an experiment"))
WITHOUT = action("experiments.without", _("Reason noted to go on without a group’s word"))
ANSWERED = action("experiments.answered", _("Answered what was said about an experiment"))
SETTLED = action("experiments.settled", _("Objection to an experiment noted as settled"))
AGREED = action("experiments.agreed", _("Experiment agreed"))
BEGUN = action("experiments.begun", _("Experiment begun"))
AMENDED = action("experiments.amended", _("Running experiment changed"))
HALTED = action("experiments.halted", _("Experiment stopped at once"))
DROPPED = action("experiments.dropped", _("Experiment dropped"))
LOOKING_BACK = action("experiments.looking_back", _("Review of an experiment begun"))
REVIEWED = action("experiments.reviewed", _("Review of an experiment written on"))
DECIDED = action("experiments.decided", _("Experiment decided"))
TOLD = action("experiments.told", _("Those who felt it told what became of an experiment"))
ASKED_AGAIN = action("experiments.asked_again", _("Round prepared that asks again"))
