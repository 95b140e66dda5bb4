"""The pages in a real browser: Chromium from Debian, driven by Playwright, judged by axe."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

STATIC = (
    "/", "/actors", "/places", "/articles", "/questions", "/quality", "/vocabulary", "/sparql", "/nope",
    "/q/claims", "/q/network", "/q/places",
)  # fmt: skip
# Words of a picture that lie on each other, or beside the picture, as they are drawn.
MEETING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg.kg-picture')) {
    const whole = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
    texts.forEach(([words, a], i) => {
      if (a.left < whole.left - 1 || a.right > whole.right + 1) found.push(words);
      for (const [other, b] of texts.slice(0, i))
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
          found.push(words + ' | ' + other);
    });
  }
  return found;
}"""
LINKED = ("event", "actor", "place", "article", "claim")
# Every text's colour against the colour that is painted behind it (WCAG 2.2, contrast ratio).
CONTRAST = """() => {
  const part = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
  const read = s => { const n = s.match(/[\\d.]+/g).map(Number);
    return n.length > 3 && n[3] === 0 ? null : n; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = read(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.getClientRects().length) continue;
    if (['STYLE', 'TITLE', 'DESC', 'SCRIPT', 'OPTION'].includes(e.tagName.toUpperCase())) continue;
    const style = getComputedStyle(e);
    const ink = read(e.namespaceURI.endsWith('svg') ? style.fill : style.color);
    if (!ink) continue;
    const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), e.tagName, walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found.sort((x, y) => x[0] - y[0]).slice(0, 3);
}"""


@pytest.fixture(scope="module")
def addresses(site: str) -> list[str]:
    """The pages that are looked at: the lists, and one of each kind of thing."""
    pages = [*STATIC]
    for path in ("/", "/actors", "/places", "/articles"):
        text = httpx.get(site + path, headers={"Accept": "text/html"}).text
        for kind in LINKED:
            pages += re.findall(rf'href="(/{kind}/[^"]+)"', text)[:2]
    event = next(path for path in pages if path.startswith("/event/"))
    text = httpx.get(site + event, headers={"Accept": "text/html"}).text
    pages += re.findall(r'href="(/claim/[^"]+)"', text)[:1]
    return list(dict.fromkeys(pages))


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page without JavaScript of its own, in a light or a dark scheme."""
    context = browser.new_context(color_scheme=request.param, java_script_enabled=True)
    yield context.new_page()
    context.close()


def test_no_page_has_what_axe_calls_a_violation(page: Page, site: str, addresses: list[str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    for path in addresses:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        response = Axe().run(page).response
        if response["violations"]:
            found[path] = [
                (v["id"], [n["html"][:120] for n in v["nodes"][:2]]) for v in response["violations"]
            ]

    assert len(addresses) > 12
    assert found == {}


def test_every_text_stands_out_from_what_is_behind_it(page: Page, site: str, addresses: list[str]) -> None:
    least = {}
    for path in addresses:
        page.goto(site + path)
        least[path] = page.evaluate(CONTRAST)

    assert {path: rows for path, rows in least.items() if rows[0][0] < 4.5} == {}


def test_each_event_of_the_timeline_is_a_stop_of_the_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    events = set(
        page.eval_on_selector_all(
            "main table a[href^='/event/']", "all => all.map(a => a.getAttribute('href'))"
        )
    )
    stops = []
    for _ in range(500):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("(document.activeElement.getAttribute('href') || '')"))
        if stops[-1] == "" and stops.count("") > 30:
            break
    drawn = page.eval_on_selector_all("main figure svg a", "all => all.length")

    assert events
    assert events <= set(stops)
    assert drawn >= len(events)


def test_no_request_leaves_the_machine_and_no_script_runs(
    page: Page, site: str, addresses: list[str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in addresses:
        page.goto(site + path)
        assert page.locator("script").count() == 0

    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_a_phone_scrolls_in_one_direction_only(browser: Browser, site: str, addresses: list[str]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    phone = context.new_page()
    wide = []
    for path in addresses:
        phone.goto(site + path)
        if phone.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    context.close()

    assert wide == []


@pytest.mark.parametrize("width", [360, 1200])
def test_no_words_of_a_picture_lie_on_others(
    browser: Browser, site: str, addresses: list[str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    screen = context.new_page()
    meeting, pictures = {}, 0
    for path in addresses:
        screen.goto(site + path)
        pictures += screen.locator("svg.kg-picture").count()
        meeting[path] = screen.evaluate(MEETING)
    context.close()

    assert pictures > 4
    assert {path: words for path, words in meeting.items() if words} == {}


def test_a_site_of_files_opens_from_the_disk(page: Page, files: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((files / "index.html").as_uri())
    least = [page.evaluate(CONTRAST)[0][0]]
    wrong = [*Axe().run(page).response["violations"]]
    page.locator("main figure svg a").first.click()
    wrong += Axe().run(page).response["violations"]
    least.append(page.evaluate(CONTRAST)[0][0])

    assert page.url.startswith((files / "event").as_uri())
    assert page.locator("article.claim").count() > 0
    assert (wrong, min(least) >= 4.5) == ([], True)
    assert [url for url in asked if not url.startswith(files.as_uri())] == []


def test_a_picture_is_a_file_that_a_browser_shows(page: Page, story: Path, tmp_path: Path) -> None:
    for name in ("timeline.svg", "network.svg", "map.svg", "timeline.html"):
        command = [sys.executable, "-m", "kg", "export", name, str(tmp_path / name), "--store", str(story)]
        subprocess.run(command, check=True)
        page.goto((tmp_path / name).as_uri())

        assert page.locator("svg a").count() > 3, name
        assert page.evaluate("document.querySelector('parsererror')") is None


def test_without_javascript_all_is_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    quiet = context.new_page()
    quiet.goto(site)
    first = quiet.locator("main table a").first
    name = first.inner_text()
    first.click()
    claims = quiet.locator("article.claim").count()
    title = quiet.locator("h1").inner_text()
    context.close()

    assert title == name
    assert claims > 0


def test_a_question_is_asked_by_its_form(page: Page, site: str) -> None:
    page.goto(f"{site}/q/timeline")
    page.fill("input[name=to]", "1899")
    page.click("form button")

    assert "to=1899" in page.url
    assert "Nothing is known." in page.inner_text("main")
