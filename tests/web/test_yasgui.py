"""A query editor that nobody here wrote, YASGUI, asks the endpoint from a page of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Route

PACKAGE = "@zazuko/yasgui@4.6.2"
QUERY = (
    "SELECT ?label (COUNT(*) AS ?n) WHERE { ?event a ?type . ?type <http://www.w3.org/2000/01/rdf-schema#label>"
    " ?label } GROUP BY ?label ORDER BY DESC(?n) ?label LIMIT 5"
)
PAGE = """<!doctype html><meta charset="utf-8"><title>Ask</title><link rel="stylesheet" href="yasgui.min.css">
<div id="ask"></div><script src="yasgui.min.js"></script>"""
ASK = """query => {
  localStorage.clear();
  const asking = new Yasgui(document.getElementById('ask'),
    {requestConfig: {endpoint: location.origin + '/sparql'}, copyEndpointOnNewTab: false});
  const tab = asking.getTab();
  tab.setEndpoint(location.origin + '/sparql');
  tab.setQuery(query);
  return tab.query().catch(error => String(error));
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of YASGUI's files, as its package has them."""
    if shutil.which("npm") is None:
        if os.environ.get("KG_REQUIRE_EVAL") == "1":
            pytest.fail("npm is not installed")
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("yasgui")
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package" / "build"


def test_yasgui_shows_the_rows_that_the_endpoint_gives(site: str, browser: Browser, built: Path) -> None:
    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(path=built / name)
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    page = browser.new_page()
    page.route("**/yasgui/*", answer)
    page.goto(f"{site}/yasgui/")
    page.evaluate(ASK, QUERY)
    page.wait_for_selector(".yasr_results table tbody tr")
    cells = page.locator(".yasr_results table tbody tr td").all_inner_texts()
    rows = httpx.get(f"{site}/sparql", params={"query": QUERY}, headers={"Accept": "text/csv"}).text
    page.close()

    assert len(rows.splitlines()) == 6
    for row in rows.splitlines()[1:]:
        label, number = row.split(",")
        assert any(label in cell for cell in cells) and any(number in cell for cell in cells)
