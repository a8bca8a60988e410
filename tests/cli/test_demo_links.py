"""What the demo says at the end: where to look, in the language it was made in."""

import pytest
from django.utils import translation

from erdkreis.cli.demo_circle import links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "first", "sign_in"),
    [("de", "Startseite", "als ada@example.org mit dem Passwort"),
     ("en", "Start page", "as ada@example.org with the password")],
)  # fmt: skip
def test_the_addresses_stand_below_each_other(circle, language, first, sign_in):
    with translation.override(language):
        shown = links(circle)

    said = "\n".join(shown)
    assert shown[1].split("http")[0].strip() == first
    assert sign_in in said
    assert len({line.index("http") for line in shown if "http" in line}) == 1
