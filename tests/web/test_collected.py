"""Files of pages are collected once per version, and again whenever something may be missing."""

import os
import time

import pytest

from erdkreis.web import collected

REAL = {"staticfiles": {"BACKEND": "erdkreis.web.collected.NamedByContent"}}
WORDS = "/* a leaf */\n.leaf { color: green; }\n" * 40


@pytest.fixture
def source(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "leaf.css").write_text(WORDS)
    settings.STORAGES = settings.STORAGES | REAL
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "served"
    collected.collect()
    return source


@pytest.fixture
def served(source, settings):
    return settings.STATIC_ROOT


@pytest.fixture
def n_collected(monkeypatch):
    """Count how often files are collected."""
    calls, call = [], collected.call_command
    monkeypatch.setattr(collected, "call_command", lambda *a, **k: calls.append(a) or call(*a, **k))
    return lambda: len(calls)


def test_a_file_is_compressed_under_the_name_that_pages_ask_for(served):
    (compressed,) = served.glob("*.br")

    assert [p.name for p in served.glob("*.gz")] == [f"{compressed.stem}.gz"]
    assert compressed.stem != "leaf.css"
    assert (served / compressed.stem).read_text() == WORDS
    assert (served / "leaf.css").read_text() == WORDS


def test_nothing_is_done_twice(served, n_collected):
    collected.collect()

    assert n_collected() == 0


@pytest.mark.parametrize("days", [0, -400], ids=["now", "as in an older version taken back"])
def test_what_changed_is_collected(source, served, n_collected, days):
    (source / "leaf.css").write_text(WORDS.replace("green", "brown"))
    moment = time.time() + days * 86_400
    os.utime(source / "leaf.css", (moment, moment))

    collected.collect()

    assert n_collected() == 1
    assert "brown" in (served / "leaf.css").read_text()
    assert len([*served.glob("*.br")]) == 2  # who has the page of before still finds its files


def test_a_new_name_is_collected(source, served, n_collected):
    (source / "leaf.css").rename(source / "petal.css")

    collected.collect()

    assert (n_collected(), (served / "petal.css").exists()) == (1, True)


def test_what_was_cut_off_in_the_middle_is_done_again(source, served, n_collected, monkeypatch):
    (source / "leaf.css").write_text(WORDS * 2)
    with monkeypatch.context() as power_cut:
        power_cut.setattr(collected.NamedByContent, "compress_files", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            collected.collect()

    collected.collect()

    assert n_collected() == 2
    assert len([*served.glob("*.br")]) == 2


def test_another_version_of_what_compresses_does_it_anew(served, n_collected, monkeypatch):
    monkeypatch.setattr(collected, "version", lambda _name: "another")

    collected.collect()

    assert n_collected() == 1
