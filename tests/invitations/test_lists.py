"""How a list is understood: who is on it, what is left out, and in which line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.invitations.lists import from_table, understand
from erdkreis.invitations.tables import TableError, read_table

BOTH = ["de", "en"]


def understood(text: str, languages=BOTH):
    return understand(read_table(text.encode()), languages)


def people(text: str, languages=BOTH):
    return [(e.email, e.name, e.language) for e in understood(text, languages).entries]


@pytest.mark.parametrize(
    "text",
    [
        "Name;E-Mail;Sprache\nAnna;Anna@Example.org;deutsch",
        "E-Mail;Name;Sprache\nanna@example.org;Anna;DE",
        "x;Sprache;name;mail\n1;German;Anna;anna@example.org",
    ],
)
def test_the_column_with_the_addresses_is_found(text):
    assert people(text) == [("anna@example.org", "Anna", "de")]


def test_first_and_last_name_are_put_together():
    assert people("Vorname,Nachname,Mail\nAnna,Berg,a@example.org") == [
        ("a@example.org", "Anna Berg", "")
    ]


def test_addresses_copied_from_a_mail_program_are_understood():
    assert people("Anna Berg <a@example.org>, Ben <b@example.org>, c@example.org") == [
        ("a@example.org", "Anna Berg", ""),
        ("b@example.org", "Ben", ""),
        ("c@example.org", "", ""),
    ]


def test_a_language_that_the_round_does_not_speak_is_left_to_the_round():
    assert people("a@example.org;en\nb@example.org;fr", ["de"]) == [
        ("a@example.org", "", ""),
        ("b@example.org", "", ""),
    ]


def test_nothing_else_of_a_line_is_kept():
    (entry,) = understood("a@example.org;born 1960;sick leave").entries

    assert "1960" not in str(entry)
    assert "sick" not in str(entry)


def test_unusable_lines_and_duplicates_are_named_by_line():
    found = understood("mail;name\na@example.org;A\nno address;B\nA@example.org;C\nb@@x.org;D")

    assert [e.email for e in found.entries] == ["a@example.org"]
    assert [(p.line, p.reason) for p in found.problems] == [
        (3, "no usable mail address"),
        (4, "twice: stands in line 2 already"),
        (5, "no usable mail address"),
    ]


@pytest.mark.parametrize(
    "line",
    ['"a@example.org\nBcc: victim@example.org"', "a@example.org\\r\\nBcc:x", "ä@example.org", "@"],
)
def test_an_address_that_could_carry_a_header_is_no_address(line):
    assert [e for e in people(line) if e[0] != "a@example.org"] == []


def test_what_was_shown_is_taken_as_it_was_shown():
    first = understood('Name;Mail;Sprache\n"Berg, Anna";a@example.org;en\nBen;b@example.org;')

    again = understand(from_table(first.as_table()), BOTH)

    assert [(e.email, e.name, e.language) for e in again.entries] == [
        (e.email, e.name, e.language) for e in first.entries
    ]
    assert again.problems == []


@given(st.text(), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_no_text_breaks_it(text, encoding):
    try:
        found = understand(read_table(text.encode(encoding, errors="ignore")), BOTH)
    except TableError:
        return
    assert "\n" not in "".join(e.email + e.name for e in found.entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sep=;\nName;E-Mail\nAnna;a@example.org\n", ("a@example.org", "Anna", "")),
        ("Name;Mail\nAnna;\u00a0a@example.org\u200b\n", ("a@example.org", "Anna", "")),
        ('"Groß, Jörg" <j@example.org>;x', ("j@example.org", "Groß, Jörg", "")),
        ("a@bäckerei.example", ("a@xn--bckerei-5wa.example", "", "")),
    ],
    ids=["delimiter named", "unseen signs", "comma in a name", "umlaut in a domain"],
)
def test_what_programs_and_pastes_bring_along_is_understood(text, expected):
    assert people(text) == [expected]


def test_lines_keep_their_number_below_a_named_delimiter():
    (problem,) = understood("sep=,\nName,Mail\nAnna,a@example.org\nBen,nothing\n").problems

    assert problem.line == 4


def test_an_old_excel_file_is_named_as_such():
    with pytest.raises(TableError, match="old Excel file"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
