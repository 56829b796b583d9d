"""axe-core, the accessibility checker, run inside the page that is open."""

from functools import cache

from playwright.sync_api import Page

from tests.tooling.shell import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@cache
def source() -> str:
    """The checker as one script. Raises AssertionError when it is not installed."""
    if not SOURCE.exists():
        raise AssertionError("axe-core is not installed. Type: ./run test")
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Each rule of WCAG 2.2 AA that the page breaks, with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    found = page.evaluate(RUN, TAGS)
    assert found["passes"], "axe looked at nothing"
    return [f"{each['id']}: {each['help']}\n{_elements(each['nodes'])}" for each in found["violations"]]


def _elements(nodes: list[dict]) -> str:
    return "\n".join(f"    {node['html'][:160]}  {_reasons(node)}" for node in nodes[:5])


def _reasons(node: dict) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)
