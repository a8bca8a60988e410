"""How those affected were involved: a part to reuse in a voluntary sustainability report.

It says what was done, never that a duty or a standard is met. Sources: docs/report.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.reports.report import OfWhom, Report

MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True)
class Part:
    """A heading with what stands below it: sentences, then a list."""

    title: str
    sentences: tuple[str, ...]
    listed: tuple[str, ...] = ()


def involvement(report: Report) -> list[Part]:
    """Return the part in the language of the page."""
    return [
        _what(report),
        _who(report),
        _found(report),
        _follows(report),
        _limits(report),
        _where(),
    ]


def as_markdown(parts: list[Part]) -> str:
    """Write it as text to copy. Signs that would become markup stand for themselves."""
    blocks = [f"# {_plain(_('How those affected were involved'))}"]
    for part in parts:
        blocks.append(f"## {_plain(part.title)}")
        blocks += [_plain(sentence) for sentence in part.sentences]
        if part.listed:
            blocks.append("\n".join(f"- {_plain(line)}" for line in part.listed))
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    return MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def _what(report: Report) -> Part:
    round_ = report.round
    names = {
        "org": report.org,
        "title": round_.title,
        "first": date_format(round_.opens_on) if round_.opens_on else "–",
        "last": date_format(round_.closes_on) if round_.closes_on else "–",
    }
    return Part(
        _("What was done"),
        (
            _(
                "%(org)s asked those whom it affects how they see what it does, in the round "
                "“%(title)s” from %(first)s to %(last)s. The leadership answered first and wrote "
                "down what it expected; this was sealed before the others were asked."
            )
            % names
            if _leadership_was_first(report)
            else _(
                "%(org)s asked those whom it affects how they see what it does, in the round "
                "“%(title)s” from %(first)s to %(last)s."
            )
            % names,
            _("Told beforehand: %(purpose)s") % {"purpose": round_.purpose},
            _("What was open, and what was decided already: %(open)s")
            % {"open": round_.what_is_open},
        ),
    )


def _leadership_was_first(report: Report) -> bool:
    return report.round.leadership_sealed_at is not None


def _who(report: Report) -> Part:
    n = report.n_asked_groups
    speakers = [name for group in report.groups for name in group.speakers]
    sentences = [
        ngettext(
            "%(n)s group was asked; %(voices)s voices were heard in the anonymous groups.",
            "%(n)s groups were asked; %(voices)s voices were heard in the anonymous groups.",
            n,
        )
        % {"n": n, "voices": report.number_of_voices},
        _(
            "Each group was asked in its own words, at most about what it can judge. Anonymous "
            "voices cannot be traced to people."
        ),
    ]
    if speakers:
        sentences.append(
            _("For those who cannot speak, guardians spoke by name and with evidence: %(names)s.")
            % {"names": ", ".join(speakers)}
        )
    return Part(_("Who was asked, and who is missing"), tuple(sentences), tuple(_lines(report)))


def _lines(report: Report) -> Iterator[str]:
    for group in report.groups:
        yield _line(group)


def _line(group: OfWhom) -> str:
    told = f"{group.name}: {group.heard}"
    return told if group.reached == "–" else f"{told} ({group.voice}; {group.reached})"


def _found(report: Report) -> Part:
    findings = tuple(f"{one.about}: {one.sentence}" for one in report.page.findings)
    sentence = (
        _("No total and no verdict: what was found, to be talked about.")
        if findings
        else _("So few people were heard that nothing can be said for a group.")
    )
    return Part(_("What was heard"), (sentence,), findings)


def _follows(report: Report) -> Part:
    after, listed = report.next, []
    if report.round.answer_back_on:
        promised = _("An answer to everyone was promised by %(day)s.") % {
            "day": date_format(report.round.answer_back_on)
        }
        told = (
            _("It was published on %(day)s.") % {"day": date_format(after.answer.published_at)}
            if after.answer and after.answer.published_at
            else _("It is not published.")
        )
        listed.append(f"{promised} {told}")
    if after.answer:
        listed.append(_("What is not done, and why: %(words)s") % {"words": after.answer.not_doing})
    listed += [_("Conversation: %(title)s") % {"title": one.title} for one in after.conversations]
    listed += [
        _("Meeting on %(day)s: %(heard)s") % {"day": date_format(one.day), "heard": one.heard}
        for one in after.meetings
    ]
    listed += [
        _("Experiment: %(title)s (%(state)s)") % {"title": one, "state": one.get_state_display()}
        for one in after.experiments
    ]
    sentence = (
        _("What follows from it, as it is written down:")
        if listed
        else _("Nothing is written down yet about what follows.")
    )
    return Part(_("What follows"), (sentence,), tuple(listed))


def _limits(report: Report) -> Part:
    return Part(
        _("How sure, and what it does not say"),
        (
            _(
                "These are voices, not a sample; numbers appear only where at least %(n)s people "
                "of a group answered. Intervals and the wording of every question stand in the "
                "report of the round."
            )
            % {"n": report.page.min_group},
            _(
                "It measures no effects on people or nature, is no analysis of material topics and "
                "no complaints procedure, and takes the place of none."
            ),
        ),
    )


def _where() -> Part:
    return Part(
        _("Where this can stand in a report along the VSME"),
        (
            _(
                "The VSME, EFRAG’s voluntary standard for non-listed micro, small and medium-sized "
                "undertakings (December 2024), taken up by the Commission in Recommendation (EU) "
                "2025/1710 of 30 July 2025, has no disclosure of its own on how those affected are "
                "involved. These are places where it can be told:"
            ),
        ),
        (
            _(
                "B2, practices, policies and future initiatives: that those affected are asked, "
                "and what is tried, as practices, where they concern sustainability matters. "
                "Cooperatives may say here how workers, users or other interested parties take "
                "part in governance; a round alone is no such part."
            ),
            _(
                "C1, strategy, business model and related initiatives: the groups that were asked, "
                "beside the main business relationships named there."
            ),
            _("C2, description of what B2 names: how it was done, taken from this text."),
            _(
                "C6, human rights policies and processes for the own workforce: not to be "
                "answered with this. A round is no complaints procedure."
            ),
            _(
                "On 3 July 2026 the Commission adopted a delegated regulation that takes the "
                "Recommendation’s place once it is in force. Please look up the numbering there."
            ),
            _("This text does not claim that any standard is met."),
        ),
    )
