"""The page with the model: its sliders, its numbers, and what it never says."""

import pytest

from reading import row_text


def page(client, query=""):
    answer = client.get(f"/load/{query}")
    return answer.status_code, answer.content.decode()


def test_a_team_planned_at_eighty_runs_at_ninety_four(client):
    status, shown = page(client)

    assert status == 200
    assert "a planned load of 80 % becomes 94 % once rework is done" in shown
    assert "tips from a planned load of 82 % on" in shown
    assert "80 % | about 4.0 days | 94 % | about 16 days" in row_text(shown)
    assert "85 % | about 5.7 days | never catches up | ever longer" in row_text(shown)


def test_the_address_holds_the_sliders(client):
    _status, shown = page(client, "?load=85&growth=0.25&people=2&days=2&arrivals=0.5&tasks=0.5")

    assert "a planned load of 85 % becomes 93 %" in shown
    assert 'name="growth" value="0.25"' in shown


@pytest.mark.parametrize(
    "query",
    ["?load=eighty", "?load=nan", "?load=inf", "?load=200", "?people=0", "?days=-1", "?tasks=9e99"],
)
def test_what_cannot_be_a_load_is_said_and_the_usual_curve_stays(client, query):
    status, shown = page(client, query)

    assert status == 422
    assert "becomes 94 %" in shown
    assert "errorlist" in shown


@pytest.mark.parametrize(
    "query", ["?load=", "?unknown=1", "?load=98&growth=1", "?arrivals=0&tasks=0"]
)
def test_every_position_of_the_sliders_has_a_curve(client, query):
    status, shown = page(client, query)

    assert status == 200
    assert "<svg" in shown


def test_it_is_called_a_model_in_page_and_drawing_and_forecasts_nothing(client):
    _status, shown = page(client)

    assert "This is a model." in shown
    assert shown.count(">Model</text>") == 2
    for never in ("burn-out", "burnout", "your team has", "should be", "costs"):
        assert never not in shown.lower()


def test_the_curve_and_its_table_are_taken_along_with_what_was_set(client):
    table = client.get("/load/load.csv?load=85&growth=0.25").content.decode()
    drawn = client.get("/load/load.svg?load=85&growth=0.25").content.decode()

    assert "Planned load, in per cent" in table
    assert '"",85,0.25' in table or ",85,0.25," in table
    assert "85 %,about 5.7 days,93 %" in table
    assert drawn.startswith("<svg")
    assert "var(--" not in drawn
    assert "Model" in drawn


@pytest.mark.parametrize("query", ["?load=eighty", "?load=nan", "?tasks=9e99"])
def test_a_file_of_what_cannot_be_calculated_is_refused(client, query):
    assert client.get(f"/load/load.csv{query}").status_code == 422
