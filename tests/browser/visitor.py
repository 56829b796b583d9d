"""A person with a browser, who notices everything that goes wrong on the way.

Rules of content stay in force: nothing here asks the browser to bypass them. What is run in a page goes through
the debugging protocol, which a page's rules do not govern, and never through a script element, which they do.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests.browser.serving import chromium_path

WIDTHS = (1280, 768, 320)
HEIGHT = 900
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH_RULES = """
window.refusals = [];
document.addEventListener('securitypolicyviolation', event => window.refusals.push(
    `${event.violatedDirective} refused ${event.blockedURI || event.sample} at line ${event.lineNumber}`));
"""


@dataclass
class Visitor:
    """Opens pages in one window. `faults` is what went wrong so far, in words."""

    context: BrowserContext
    site: str
    page: Page
    faults: list[str] = field(default_factory=list)

    @classmethod
    def arrive(cls, browser: Browser, site: str, *, has_javascript: bool = True) -> "Visitor":
        """A visitor who has never been here: a window of their own and no cookies."""
        size = {"width": WIDTHS[0], "height": HEIGHT}
        context = browser.new_context(base_url=site, viewport=size, java_script_enabled=has_javascript)
        context.add_init_script(WATCH_RULES)
        visitor = cls(context, site, context.new_page())
        visitor.page.set_default_timeout(10_000)
        visitor.page.on("response", visitor.note_response)
        visitor.page.on("requestfailed", visitor.note_failure)
        visitor.page.on("console", visitor.note_console)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(f"script: {error}"))
        return visitor

    def note_response(self, response: Response) -> None:
        """A part of a page that is missing is a fault; the page itself may say 404."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")

    def note_failure(self, request: Request) -> None:
        """No answer is a fault; but the icon, asked for last of all, is given up when somebody goes on at once."""
        is_given_up = request.failure == "net::ERR_ABORTED" and request.url.endswith("/img/mark.svg")
        if not is_given_up:
            self.faults.append(f"no answer: {request.url}")

    def note_console(self, message: ConsoleMessage) -> None:
        """What the browser complains about, but for a page that says 400 or 404 by intent."""
        is_own_status = message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        if message.type == "error" and not is_own_status:
            self.faults.append(f"console: {message.text}")

    def open(self, address: str, *, status: int = 200) -> Page:
        """Go to an address of the site, and expect this answer."""
        response = self.page.goto(address, wait_until="load")
        assert response is not None
        assert response.status == status, f"{address} answered {response.status}"
        assert "default-src" in (response.header_value("content-security-policy") or "")
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as one of the demo people."""
        tab = self.open("/accounts/sign-in/")
        tab.get_by_label("E-mail address").fill(email)
        tab.get_by_label("Password").fill(password)
        # The page that follows is waited for to the end: leaving it half-way would look like a fault of the site.
        with tab.expect_navigation(wait_until="load"):
            tab.get_by_role("main").get_by_role("button", name="Sign in").click()

    def resize(self, width: int) -> None:
        """Make the window this many CSS pixels wide."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def leave(self) -> list[str]:
        """Close the window once all of its page has come; all the faults of the visit."""
        self.page.wait_for_load_state("load")
        refused = self.page.evaluate("window.refusals || []")
        self.context.close()
        return self.faults + refused


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, without a screen and without business of its own."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])
