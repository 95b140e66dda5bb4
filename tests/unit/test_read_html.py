"""Reading saved web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import BlockKind
from kg.read import read

WEB = """<!doctype html><html lang="en"><head><title>Council closes the bridge</title>
<meta property="og:title" content="Council closes the bridge">
<meta property="og:site_name" content="The Valley Post">
<meta name="author" content="Ada Marsh">
{meta}
</head><body><nav><a href="/">Home</a><a href="/news">News</a></nav><article>
<h1>Council closes the bridge</h1>
<p>The council closed the old bridge to all traffic after engineers found cracks in two of its
pillars, a spokesman said at the town hall.</p>
<p hidden>The council secretly sold the bridge to a company that nobody has ever heard of.</p>
<template><p>The template says that it was blown up by unknown men last night.</p></template>
<h2>What comes next</h2>
<p>Repairs will take the whole of the summer, and the ferry will carry people across until then,
the spokesman said, while lorries have to take the road through the hills.</p>
</article><footer>All rights reserved</footer></body></html>"""


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2024-05-03T08:00:00Z">'
    article = read(put(tmp_path, "bridge.html", WEB.format(meta=meta)))
    found = [(b.kind, b.span.of(article.text)[:15]) for b in article.blocks]

    assert (article.title, article.byline) == ("Council closes the bridge", "Ada Marsh")
    assert article.publisher == "The Valley Post"
    assert article.published is not None
    assert article.published.edtf == "2024-05-03"
    assert found == [
        (BlockKind.TITLE, "Council closes "),
        (BlockKind.PARAGRAPH, "The council clo"),
        (BlockKind.HEADING, "What comes next"),
        (BlockKind.PARAGRAPH, "Repairs will ta"),
    ]


def test_hidden_text_of_a_page_is_not_read(tmp_path: Path) -> None:
    article = read(put(tmp_path, "bridge.html", WEB.format(meta="")))

    assert "secretly" not in article.text
    assert "blown up" not in article.text


@pytest.mark.parametrize(
    ("meta", "day"),
    [
        ('<meta property="article:published_time" content="2025-02-30">', None),
        ('<meta name="date" content="soon">', None),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
            '"datePublished": "2024-05-04T10:00:00+02:00"}]}</script>',
            "2024-05-04",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle"</script>', None),
        ("", None),
    ],
)
def test_only_a_stated_day_that_exists_is_the_publication(tmp_path: Path, meta: str, day: str | None) -> None:
    article = read(put(tmp_path, "bridge.html", WEB.format(meta=meta)))

    assert (article.published and article.published.edtf) == day


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no article found in this page"):
        read(put(tmp_path, "x.html", "<html><body><nav>Home</nav></body></html>"))
