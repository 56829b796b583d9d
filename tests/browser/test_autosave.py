"""What somebody types is saved without their doing, once, in order, and never silently not."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.writing_desk import Answer, Desk, writing_desk

pytestmark = pytest.mark.browser

WATCH_WORDS = """() => {
    const status = document.querySelector('[data-autosave-status]');
    window.told = [];
    new MutationObserver(() => window.told.push([status.getAttribute('aria-live'), status.textContent]))
        .observe(status, {childList: true, characterData: true, subtree: true});
}"""
WHAT_IS_KEPT = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, document.cookie]"""
LEAVE = "() => { const event = new Event('beforeunload', {cancelable: true}); return !window.dispatchEvent(event); }"
"""Whether the page would ask before it is left."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    with writing_desk() as desk:
        yield desk


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def tab(window: BrowserContext, desk: Desk) -> Page:
    """The page, on a clock that the test moves."""
    page = window.new_page()
    page.clock.install()
    page.goto(desk.address)
    page.evaluate(WATCH_WORDS)
    return page


def write(tab: Page, words: str) -> None:
    tab.get_by_label("Text").press_sequentially(words)


def wait_until(is_so: Callable[[], bool], *, seconds: float = 8) -> None:
    """Return once it is so. Raises AssertionError when that never comes."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def status(tab: Page):
    return tab.locator("[data-autosave-status]")


def revision(tab: Page) -> str:
    return tab.locator("[name=revision]").input_value()


@pytest.mark.long
def test_saves_within_ten_seconds_by_the_clock_on_the_wall(window, desk):
    tab = window.new_page()
    tab.goto(desk.address)
    write(tab, "We act.")
    began = time.monotonic()
    expect(status(tab)).to_have_text("Saved as number 2", timeout=10_000)
    assert time.monotonic() - began < 10
    assert [save["text"] for save in desk.saves] == ["We act."]
    assert revision(tab) == "2"


@pytest.mark.long
def test_sends_the_whole_form_with_its_token(tab, desk):
    write(tab, "a")
    tab.clock.run_for(5000)
    wait_until(lambda: len(desk.saves) == 1)
    assert desk.saves == [{"csrfmiddlewaretoken": "a-token", "revision": "1", "text": "a"}]
    assert desk.tokens == [("a-token", "application/json")]


@pytest.mark.long
def test_nothing_is_sent_before_anything_is_typed(tab, desk):
    tab.clock.run_for(120_000)
    assert desk.saves == []
    assert not tab.evaluate(LEAVE)


@pytest.mark.long
def test_who_never_stops_typing_is_saved_too(tab, desk):
    for letter in "abcdefghijkl":
        write(tab, letter)
        tab.clock.run_for(1000)
    wait_until(lambda: len(desk.saves) >= 1)
    assert desk.saves[0]["text"].startswith("abcdef")
    assert len(desk.saves[0]["text"]) < 10


def test_one_request_at_a_time_and_each_with_the_number_of_the_one_before(tab, desk):
    desk.answers = [Answer(200, {"revision": 5, "saved": "Saved at 10:42am"}, seconds=1)]
    write(tab, "a")
    tab.clock.run_for(4000)
    wait_until(lambda: len(desk.saves) == 1)
    write(tab, "b")
    tab.clock.run_for(9000)
    assert len(desk.saves) == 1
    assert tab.evaluate(LEAVE), "what came later is not saved"
    expect(status(tab)).to_have_text("Saved as number 6")
    assert [words for _, words in tab.evaluate("window.told")] == ["Saved at 10:42am", "Saved as number 6"]
    assert [(save["revision"], save["text"]) for save in desk.saves] == [("1", "a"), ("5", "ab")]
    assert desk.most_at_once == 1
    assert not tab.evaluate(LEAVE)


@pytest.mark.parametrize(
    ("refusal", "name", "address"),
    [
        pytest.param(Answer(409, {"conflict": "/both/?a=1", "message": "Ann has saved this too."}),
                     "See both versions", "/both/?a=1", id="a conflict"),
        pytest.param(Answer(401, {"sign_in": "/sign-in/", "message": "You have been signed out."}),
                     "Sign in", "/sign-in/", id="signed out"),
        pytest.param(Answer(409, {"conflict": "https://example.org/both/", "message": "Ann has saved this too."}),
                     "See both versions", "/both/", id="an address elsewhere"),
    ],
)  # fmt: skip
def test_stops_and_says_so(tab, desk, refusal, name, address):
    desk.answers = [refusal]
    write(tab, "a")
    tab.clock.run_for(5000)
    expect(status(tab)).to_have_text(f"{refusal.words['message']} {name}")
    expect(status(tab).get_by_role("link", name=name)).to_have_attribute("href", address)
    assert tab.evaluate(LEAVE)
    write(tab, "b")
    tab.clock.run_for(60_000)
    assert len(desk.saves) == 1
    assert revision(tab) == "1"


@pytest.mark.long
def test_leaving_is_free_where_the_server_has_kept_the_words(tab, desk):
    desk.answers = [Answer(401, {"sign_in": "/sign-in/", "message": "You have been signed out.", "kept": True})]
    write(tab, "a")
    tab.clock.run_for(5000)
    expect(status(tab)).to_contain_text("signed out")
    assert not tab.evaluate(LEAVE)
    write(tab, "b")
    assert tab.evaluate(LEAVE)


@pytest.mark.long
def test_goes_on_at_the_next_change_after_a_mistake(tab, desk):
    desk.answers = [Answer(400, {"errors": {"text": ["Too long"]}, "message": "The text is too long."})]
    write(tab, "a")
    tab.clock.run_for(5000)
    expect(status(tab)).to_have_text("The text is too long.")
    tab.clock.run_for(60_000)
    assert len(desk.saves) == 1
    assert tab.evaluate(LEAVE)
    write(tab, "b")
    tab.clock.run_for(5000)
    expect(status(tab)).to_have_text("Saved as number 2")


@pytest.mark.long
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Answer(0, {}), id="no answer"),
        pytest.param(Answer(503, {}), id="out of service"),
        pytest.param(Answer(403, {"message": "?"}), id="refused"),
        pytest.param(Answer(200, {}), id="an answer without a number"),
        pytest.param(Answer(302, {}), id="sent elsewhere"),
    ],
)
def test_tries_again_and_never_says_saved(tab, desk, failure):
    desk.answers = [failure] * 5
    write(tab, "a")
    tab.clock.run_for(5000)
    for tries, seconds in enumerate((5, 10, 20, 30, 30), start=1):
        wait_until(lambda tries=tries: len(desk.saves) == tries)
        expect(status(tab)).to_have_text("Not saved yet. Trying again.")
        assert tab.evaluate(LEAVE)
        settle(tab)
        tab.clock.run_for(seconds * 1000 - 1000)
        assert len(desk.saves) == tries
        tab.clock.run_for(1500)
    expect(status(tab)).to_have_text("Saved as number 2")
    assert not tab.evaluate(LEAVE)


def settle(tab: Page) -> None:
    """Let the page take an answer that the server has given."""
    time.sleep(0.3)
    tab.evaluate("() => Promise.resolve()")


@pytest.mark.long
def test_ordinary_words_are_read_out_once_a_minute(tab, desk):
    for number in range(2, 8):
        write(tab, "a")
        tab.clock.run_for(5000)
        expect(status(tab)).to_have_text(f"Saved as number {number}")
    told = tab.evaluate("window.told")
    assert len(told) == 6
    assert [words for live, words in told if live != "off"] == ["Saved as number 2"]
    tab.clock.run_for(60_000)
    write(tab, "a")
    tab.clock.run_for(5000)
    expect(status(tab)).to_have_text("Saved as number 8")
    assert tab.evaluate("window.told").pop()[0] == "polite"


@pytest.mark.long
def test_a_button_saves_at_once_and_alone(tab, desk):
    write(tab, "a")
    tab.get_by_role("button", name="Save draft").click()
    expect(tab).to_have_title("Kept")
    tab.clock.run_for(20_000)
    assert [(sent["text"], sent["revision"], sent["do"]) for sent in desk.submits] == [("a", "1", "save")]
    assert desk.saves == []


@pytest.mark.long
def test_a_button_waits_for_a_save_under_way_and_sends_its_number(window, desk):
    desk.answers = [Answer(200, {"revision": 9, "saved": "Saved"}, seconds=1)]
    tab = window.new_page()
    tab.goto(desk.address)
    write(tab, "a")
    wait_until(lambda: len(desk.saves) == 1)
    passed: list[str] = []
    tab.expose_function("passed", lambda what: passed.append(what))
    tab.evaluate("window.addEventListener('submit', event => event.defaultPrevented || passed('submit'))")
    tab.get_by_role("button", name="Save draft").dblclick()
    expect(tab).to_have_title("Kept")
    assert passed == ["submit"], "two clicks are one"
    assert [(submit["revision"], submit["do"]) for submit in desk.submits] == [("9", "save")]


@pytest.mark.long
def test_a_button_does_not_wait_for_ever(window, desk):
    desk.answers = [Answer(200, {"revision": 9, "saved": "Saved"}, seconds=8)]
    tab = window.new_page()
    tab.goto(desk.address)
    write(tab, "a")
    wait_until(lambda: len(desk.saves) == 1)
    began = time.monotonic()
    tab.get_by_role("button", name="Save draft").click()
    expect(tab).to_have_title("Kept", timeout=7000)
    assert 2.5 < time.monotonic() - began < 7
    assert [sent["revision"] for sent in desk.submits] == ["1"]


@pytest.mark.long
def test_the_browser_asks_before_unsaved_words_are_left(tab, desk):
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    write(tab, "a")
    tab.goto(f"{desk.address}elsewhere/")
    assert asked == ["beforeunload"]


@pytest.mark.long
def test_the_button_works_without_the_script(browser, desk):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(desk.address)
    tab.get_by_label("Text").fill("a")
    tab.get_by_role("button", name="Save draft").click()
    expect(tab).to_have_title("Kept")
    context.close()
    assert [sent["text"] for sent in desk.submits] == ["a"]


def test_nothing_is_kept_in_the_browser(window, tab, desk):
    desk.answers = [Answer(503, {}), Answer(401, {"sign_in": "/sign-in/", "message": "You have been signed out."})]
    write(tab, "a child’s words")
    tab.clock.run_for(5000)
    expect(status(tab)).to_contain_text("Not saved yet")
    tab.clock.run_for(6000)
    expect(status(tab)).to_contain_text("signed out")
    assert tab.evaluate(WHAT_IS_KEPT) == [0, 0, 0, 0, ""]
    assert window.cookies() == []
