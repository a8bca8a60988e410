"""The model of load and waiting, with and without script."""

import pytest
from playwright.sync_api import expect

from browser_checks import PHONE, barriers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("with_script", [True, False])
def test_the_sliders_work(open_page, with_script):
    page = open_page(PHONE, java_script_enabled=with_script)
    page.goto("/load/")
    slider = page.get_by_role("slider", name="Planned load")
    slider.focus()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Calculate").click()

    sentence = page.locator("p", has_text="In this model a planned load of 85 % tips")
    expect(sentence).to_be_visible()
    if with_script:
        assert barriers(page) == []
