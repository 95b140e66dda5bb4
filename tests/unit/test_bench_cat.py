"""CAT XML is read strictly, and its tokens become a text that reads like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.bench.cat import CatDocument, CatToken, read_cat
from kg.bench.cat_text import article_of
from kg.errors import ReadError
from kg.model import BlockKind

TOKENS = "".join(
    f'<token number="{n}" sentence="{s}" t_id="{n + 1}">{word}</token>\n'
    for n, (s, word) in enumerate(
        [(0, "Raid"), (1, "May"), (1, "4"), (1, ","), (1, "2004"), (2, "Police"), (2, "came"), (2, "Friday")]
    )
)
MARKS = """
<TIMEX3 m_id="1" type="DATE" value="2004-05-04" functionInDocument="CREATION_TIME">
<token_anchor t_id="2"/><token_anchor t_id="3"/><token_anchor t_id="4"/><token_anchor t_id="5"/></TIMEX3>
<TIMEX3 m_id="2" type="DATE" value="2004-04-30"><token_anchor t_id="8"/></TIMEX3>
<TIMEX3 m_id="3" type="DATE" value="1999"/>
<EVENT_MENTION m_id="4" certainty="certain" polarity="POS" time="NON_FUTURE" special_cases="NONE">
<token_anchor t_id="7"/></EVENT_MENTION>
<ENTITY_MENTION m_id="5"><token_anchor t_id="6"/></ENTITY_MENTION>
<ENTITY m_id="6"/>
"""
LINKS = '<HAS_PARTICIPANT r_id="9" sem_role="Arg0"><source m_id="4"/><target m_id="5"/></HAS_PARTICIPANT>'


def written(
    folder: Path, tokens: str = TOKENS, marks: str = MARKS, links: str = LINKS, head: str = ""
) -> Path:
    path = folder / "one.xml"
    body = f"{tokens}<Markables>{marks}</Markables>\n<Relations>{links}</Relations>"
    path.write_text(
        f'<?xml version="1.0"?>{head}<Document doc_name="one">\n{body}</Document>', encoding="utf-8"
    )
    return path


def spelled(*words: str) -> str:
    document = CatDocument("x", tuple(CatToken(word, 1) for word in words), (), (), (), 0)
    article, spans = article_of(document)
    kept = [span.of(article.text) for span in spans]

    assert kept == [{"``": "“", "''": "”"}.get(word, word) for word in words]
    return article.text


def test_a_file_gives_its_times_events_and_roles(tmp_path: Path) -> None:
    found = read_cat(written(tmp_path))

    assert [(t.tokens, t.value, t.creation) for t in found.times] == [
        ((1, 2, 3, 4), "2004-05-04", True),
        ((7,), "2004-04-30", False),
    ]
    assert [(e.tokens, e.certainty) for e in found.events] == [((6,), "CERTAIN")]
    assert [(r.event, r.role, r.tokens) for r in found.roles] == [("4", "Arg0", (5,))]
    assert found.last == 7


def test_title_line_of_the_day_and_text_are_blocks_of_their_own(tmp_path: Path) -> None:
    article, _ = article_of(read_cat(written(tmp_path)))

    assert article.text == "Raid\n\nMay 4, 2004\n\nPolice came Friday"
    assert [b.kind for b in article.blocks] == [BlockKind.TITLE, BlockKind.BYLINE, BlockKind.PARAGRAPH]
    assert (article.title, article.published and article.published.edtf) == ("Raid", "2004-05-04")


def test_a_creation_time_that_is_no_date_is_not_made_one(tmp_path: Path) -> None:
    article, _ = article_of(read_cat(written(tmp_path, marks=MARKS.replace("2004-05-04", "XXXX-XX-XX"))))

    assert article.published is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("Police", "'s", "raid", ",", "it", "said", "."), "Police's raid, it said."),
        (("It", "(", "the", "shop", ")", "cost", "$", "9"), "It (the shop) cost $9"),
        (("It", "said", "``", "no", "''", "."), "It said “no”."),
        (("It", "said", '"', "no", '"', "."), 'It said "no".'),
        (("a", "two", "-", "day", "trip"), "a two-day trip"),
        (("we", "'", "re", "here"), "we're here"),
        (("rose", "9", "%", ";", "so"), "rose 9%; so"),
    ],
)
def test_tokens_are_spaced_as_people_write(words: tuple[str, ...], text: str) -> None:
    assert spelled(*words) == text


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"tokens": ""}, r"one\.xml: line 1: there is no <token>"),
        (
            {"tokens": TOKENS.replace('sentence="0"', 'sentence="x"')},
            r"line 2: sentence is 'x', not a number",
        ),
        ({"tokens": TOKENS.replace('t_id="2"', "")}, r"line 3: <token> has no t_id"),
        ({"marks": MARKS.replace('t_id="8"', 't_id="80"')}, r"line 13: there is no token 80"),
        ({"marks": MARKS.replace(' value="1999"', "")}, None),
        ({"marks": MARKS.replace(' value="2004-04-30"', "")}, r"line 13: <TIMEX3> has no value"),
        ({"links": LINKS.replace('<source m_id="4"/>', "")}, r"<HAS_PARTICIPANT> has no <source>"),
        ({"links": LINKS.replace('m_id="5"', 'm_id="50"')}, r"line 20: there is no markable 50"),
        ({"links": "<oops>"}, r"one\.xml: not valid XML: mismatched tag: line 20"),
        ({"head": '<!DOCTYPE x [<!ENTITY a "b">]>'}, r"one\.xml: line 1: document types are refused"),
        ({"head": '<!DOCTYPE x SYSTEM "x.dtd">'}, r"document types are refused"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    tmp_path: Path, change: dict[str, str], why: str | None
) -> None:
    path = written(tmp_path, **change)
    if why is None:
        assert len(read_cat(path).times) == 2
        return
    with pytest.raises(ReadError, match=why) as caught:
        read_cat(path)
    assert "\n" not in str(caught.value)


def test_another_kind_of_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    path.write_text("<html/>", encoding="utf-8")

    with pytest.raises(ReadError, match="the root is <html>, not <Document>"):
        read_cat(path)


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.bench.cat.MAX_BYTES", 10)

    with pytest.raises(ReadError, match="larger than 10 bytes"):
        read_cat(written(tmp_path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.xml: cannot be read"):
        read_cat(tmp_path / "none.xml")
