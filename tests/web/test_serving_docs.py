"""`docs/serving.md` is true: what it asks is answered, its addresses and limits are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import httpx
import pytest

from kg.cli.serving import serve
from kg.web.write import SECTIONS

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:8080"
SCRATCH = DOCS[DOCS.index("## A data set for tries") : DOCS.index("## Limits")]
CURLS = re.findall(r"^\$ curl (.+)$", DOCS.replace(SCRATCH, ""), re.MULTILINE)
STEPS = re.findall(r"^\$ curl (.+)\n((?:[^$`].*\n)*)", SCRATCH, re.MULTILINE)


@pytest.mark.parametrize("line", CURLS)
def test_what_is_asked_on_the_page_is_answered(site: str, line: str) -> None:
    words = shlex.split(line)
    headers = dict(word.split(": ", 1) for word in words if ": " in word)
    response = httpx.get(words[-1].replace(SHOWN, site), headers=headers)

    assert response.status_code == 200
    assert len(response.text.splitlines()) > 1
    assert headers.get("Accept", "") in response.headers["content-type"]


def asked(line: str, address: str) -> httpx.Request:
    """Return what curl would send for -X, -H and -d."""
    _, *words, to = shlex.split(line.replace(SHOWN, address))
    given = list(zip(words[::2], words[1::2], strict=True))
    headers = dict(value.split(": ", 1) for name, value in given if name == "-H")
    data = next((value for name, value in given if name == "-d"), "")
    method = next((value for name, value in given if name == "-X"), "POST" if data else "GET")
    form = {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
    return httpx.Request(method, to, headers={**form, **headers}, content=data)


def test_the_tries_print_what_is_shown(scratch: str) -> None:
    with httpx.Client() as client:
        for line, shown in STEPS:
            response = client.send(asked(line, scratch))
            assert response.is_success
            lines = response.text.replace(scratch, SHOWN).splitlines()
            assert sorted(lines) == sorted(shown.splitlines())
    assert len(STEPS) == 4


def test_each_page_of_the_table_is_there(site: str) -> None:
    rows = re.search(r"\| address .*?\n\n", DOCS, re.DOTALL)
    assert rows is not None
    named = set(re.findall(r"`(/[a-z]*)`", rows[0]))

    assert named == {path for path, _ in SECTIONS}
    assert {httpx.get(site + path, timeout=60).status_code for path in named} == {200}


def test_the_options_of_the_table_are_those_of_the_command() -> None:
    options = {option: param for param in serve.params for option in param.opts}
    told = re.findall(r"`(--[a-z]+)` \((\d+)", DOCS)

    assert [(name, str(int(options[name].default))) for name, _ in told] == told
