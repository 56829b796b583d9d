"""Pictures of the site.

python -m tests.browser.screenshot              docs/home.png, the picture in the README
python -m tests.browser.screenshot FOLDER       every page, on the committee's day, at three widths, to look at
python -m tests.browser.screenshot FOLDER ID…   only these pages of tests/browser/pages.py
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FIXTURES
from tests.browser.pages import BY_ID, COMMITTEE_DAY, PAGES
from tests.browser.serving import running_site
from tests.browser.visitor import WIDTHS, Visitor, launch
from tests.tooling.shell import ROOT

HOME_PICTURE = ROOT / "docs" / "home.png"
HOME_HEIGHT = 1600
"""CSS pixels: as far as the sums below the six pillars."""


def main(arguments: list[str]) -> None:
    """Take the pictures that were asked for."""
    folder, *ids = arguments or [""]
    fixtures = [FIXTURES] if folder else []
    with (
        tempfile.TemporaryDirectory() as var,
        running_site(Path(var), more=fixtures) as site,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        visitor = Visitor.arrive(browser, site)
        if folder:
            take_all(visitor, Path(folder), ids or list(BY_ID))
        else:
            take_home(visitor)


def take_home(visitor: Visitor) -> None:
    """The top of the home page as it stood when the committee met."""
    tab = visitor.open(BY_ID["home"].on(COMMITTEE_DAY))
    tab.set_viewport_size({"width": WIDTHS[0], "height": HOME_HEIGHT})
    tab.screenshot(path=HOME_PICTURE)


def take_all(visitor: Visitor, folder: Path, ids: list[str]) -> None:
    """Whole pages, a file for each page and width."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        if page.id in ids:
            tab = visitor.open(page.on(page.days[-1]), status=page.status)
            for width in WIDTHS:
                visitor.resize(width)
                tab.screenshot(path=folder / f"{page.id}-{width}.png", full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
