"""Pages of people who sign in: whole, accessible and not too wide, with mistakes too."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page as Tab

from councils.demo import PASSWORD
from tests.browser import axe
from tests.browser.test_pages import OVERLAPPING, TOO_WIDE, assert_styled, assert_well_formed
from tests.browser.visitor import WIDTHS, Visitor

pytestmark = pytest.mark.browser
SET_UP = "/accounts/second-factor/set-up/"


@pytest.fixture
def looked_at(visitor: Visitor) -> Callable[[Tab], None]:
    def look(tab: Tab) -> None:
        assert_styled(tab)
        assert_well_formed(tab)
        for width in WIDTHS:
            visitor.resize(width)
            assert tab.evaluate(TOO_WIDE) == [], f"too wide at {width}"
            assert tab.evaluate(OVERLAPPING) == [], f"words over words at {width}"
            assert axe.violations(tab) == [], width

    return look


def press(tab: Tab, button: str) -> None:
    """Press a button of the page itself, and wait for the page that follows."""
    with tab.expect_navigation(wait_until="load"):
        tab.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.long
def test_administrator_sets_up_a_second_factor_and_invites_somebody(visitor: Visitor, looked_at, browser, site: str):
    visitor.sign_in("nell.ashdown@example.org", PASSWORD)
    tab = visitor.open(SET_UP)
    looked_at(tab)
    assert tab.locator(".app-qr svg").bounding_box()["width"] > 150
    press(tab, "Turn it on")
    looked_at(tab)
    secret = tab.locator("code").first.inner_text()
    tab.get_by_label("Code").fill(code_for(secret))
    press(tab, "Turn it on")
    assert tab.get_by_text("Your second factor is on.").is_visible()
    looked_at(tab)
    own = ("/accounts/", "/accounts/calendar/", "/accounts/second-factor/", "/accounts/second-factor/codes/new/")
    for address in own:
        looked_at(visitor.open(address))
    looked_at(visitor.open("/accounts/second-factor/turn-off/"))
    looked_at(visitor.open("/accounts/people/"))
    looked_at(visitor.open("/my-work/"))
    looked_at(visitor.open("/my-work/progress/"))
    looked_at(visitor.open("/watching/"))

    tab = visitor.open("/accounts/people/invite/")
    looked_at(tab)
    tab.get_by_label("Name", exact=True).fill("Zuleika Pemberton-Featherstonehaugh of the Isles")
    tab.get_by_label("E-mail address").fill("zuleika.pemberton-featherstonehaugh@example.org")
    tab.get_by_label("Organisation").select_option("lincolnshire")
    tab.get_by_label("Officer", exact=True).check()
    press(tab, "Invite")
    looked_at(tab)
    link = tab.locator("code").inner_text()
    with tab.expect_navigation(wait_until="load"):
        tab.get_by_role("main").get_by_role("link", name=re.compile("Zuleika")).click()
    looked_at(tab)

    guest = Visitor.arrive(browser, site)
    page = guest.open(link.removeprefix(site))
    assert axe.violations(page) == []
    page.get_by_label("Password", exact=True).fill("seven tall silver birches")
    page.get_by_label("Password again").fill("seven tall silver birches")
    press(page, "Choose and sign in")
    assert page.get_by_text("Zuleika").first.is_visible()
    assert guest.leave() == []

    other = Visitor.arrive(browser, site)
    other.sign_in("nell.ashdown@example.org", PASSWORD)
    assert other.page.get_by_label("Code").is_visible()
    assert axe.violations(other.page) == []
    assert other.leave() == []


def test_officer_changes_nothing_by_mistake(visitor: Visitor, looked_at):
    visitor.sign_in("maya.thornbury@example.org", PASSWORD)
    looked_at(visitor.open("/accounts/"))
    tab = visitor.open("/accounts/password/")
    looked_at(tab)
    press(tab, "Change password")
    assert tab.get_by_role("alert").is_visible()
    looked_at(tab)


def test_too_many_tries(visitor: Visitor, looked_at):
    tab = visitor.open("/accounts/sign-in/")
    token = tab.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    wrong = {"username": "nobody@example.org", "password": "wrong", "csrfmiddlewaretoken": token}
    for _ in range(5):
        assert visitor.context.request.post("/accounts/sign-in/", form=wrong).status == 200
    tab.get_by_label("E-mail address").fill("nobody@example.org")
    tab.get_by_label("Password").fill("wrong")
    press(tab, "Sign in")
    assert tab.get_by_role("heading", name="Too many tries").is_visible()
    looked_at(tab)
