"""The self-contained page."""

import re
import tomllib
from html.parser import HTMLParser
from importlib.resources import files

import numpy as np
import pytest

from erdkreis.calc.opinion import Stakeholders, Statement, Statements, opinion_analysis
from erdkreis.calc.opinion.open_data import Export
from erdkreis.calc.opinion.planted import planted_votes
from erdkreis.cli.opinion_page import opinion_page


@pytest.fixture(scope="module")
def export():
    votes = planted_votes(600, 60, share_seen=0.5)[0]
    texts = {j: Statement(j, text=f'<b>"{j}"</b> & co') for j in range(60)}
    return Export(votes, Statements(texts), "votes.csv", votes.n_votes, ("A remark.",))


@pytest.fixture(scope="module")
def analysis(export):
    return opinion_analysis(export.votes, export.statements)


def page(export, analysis, language="en"):
    return opinion_page(export, analysis, "Title & more", language)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "path", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_is_whole_and_asks_nobody_for_anything(export, analysis, language):
    text = page(export, analysis, language)
    tags = Tags()
    tags.feed(text)

    assert tags.open == []
    assert not [tag for tag, _ in tags.seen if tag in ("script", "link", "img", "iframe")]
    assert not re.findall(r"(?:src|href|url)\s*[=(]", text)
    assert "nan" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL).lower().split()


def test_lists_come_before_the_map_and_the_map_before_the_table(export, analysis):
    text = page(export, analysis)

    places = [text.index(f"<h2>{title}") for title in ("Common ground", "Tensions", "Opinion map")]
    assert places == sorted(places)
    assert text.index("<table ") > places[-1]


def test_texts_from_the_file_are_escaped(export, analysis):
    assert "<b>" not in page(export, analysis)


def test_small_stakeholder_groups_are_not_shown(export):
    camps = planted_votes(600, 60, share_seen=0.5)[1].groups
    labels = np.where(np.arange(600) < 3, 0, 1 + np.minimum(camps, 1))
    groups = Stakeholders(labels, ("few", "some", "many"))

    text = page(export, opinion_analysis(export.votes, export.statements, stakeholders=groups))

    assert "few: fewer than 5 votes, not shown" in text
    assert not re.search(r"few: [1-9]\d* agree", text)


def test_every_phrase_exists_in_both_languages():
    words = tomllib.loads(
        files("erdkreis.cli").joinpath("opinion_words.toml").read_text(encoding="utf-8")
    )

    holes = {
        key: [set(re.findall(r"{(\w+)}", phrase[language])) for language in ("en", "de")]
        for key, phrase in words.items()
    }
    assert all(english == german for english, german in holes.values())
