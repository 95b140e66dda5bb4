"""The guard of queries beside the engine: whatever makes it call out is refused, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.outside import DEEPEST, NEGATED, refuse_deep, refuse_outside

CALL = "{ SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"  # the engine refuses this port by itself
ODD = "'\"#<>\\(){}[] \n\raSERVICE/:"


def escaped(text: str) -> str:
    """Return what stands for a text in a string of any kind."""
    codes = {"\n": "\\n", "\r": "\\r", "\\": "\\\\", "'": "\\'", '"': '\\"'}
    return "".join(codes.get(each, each) for each in text)


def coded(text: str) -> str:
    return "".join(f"\\u{ord(each):04x}" for each in text)


STRINGS = st.builds(
    lambda mark, text, code: mark + (coded(text) if code else escaped(text)) + mark,
    st.sampled_from(["'", '"', "'''", '"""']), st.text(ODD, max_size=6), st.booleans(),
)  # fmt: skip
IRIS = st.builds(
    lambda text, code: f"<http://e/{coded(code)}{text}>",
    st.text("'#()/:;,a", max_size=5), st.text("'a#(", max_size=2),
)  # fmt: skip
NAMES = st.text("'#()/;,~", max_size=3).map(
    lambda text: "ex:a" + "".join(f"\\{each}" for each in text if each != ":")
)
REMARKS = st.builds(
    lambda text, end: f"#{text}{end}", st.text("'\"#<>(){}SERVICE ", max_size=6), st.sampled_from("\n\r")
)
COMPARED = st.builds(
    "FILTER(?s<{}{}{}>{})".format, st.sampled_from(["?o", "?o&&?s", "ex:a"]),
    st.sampled_from(["", "&&?p", "#'\n&&?p", "#'''\r&&?p"]), st.sampled_from(["", "&&'>'=?p&&?o"]), STRINGS,
)  # fmt: skip
ATOMS = st.one_of(
    st.builds("OPTIONAL {{ ?s {} {} }} ".format, st.one_of(IRIS, NAMES), st.one_of(STRINGS, IRIS, NAMES)),
    COMPARED,
    REMARKS,
)


def calls_out(text: str) -> bool | None:
    """Tell whether the engine calls a service for a query; None where it does not parse it."""
    try:
        list(Store().query(text))  # type: ignore[arg-type]  # a SELECT
    except SyntaxError:
        return None
    except OSError:
        return True
    return False


@given(st.lists(ATOMS, max_size=4), st.lists(ATOMS, max_size=4))
def test_whatever_makes_the_engine_call_out_is_refused(before: list[str], behind: list[str]) -> None:
    parts = " UNION ".join(("{" + "".join(before) + "}", CALL, "{" + "".join(behind) + "}"))
    query = f"PREFIX ex: <http://e/> SELECT * {{ {parts} }}"

    if calls_out(query):
        with pytest.raises(QueryError, match="SERVICE is refused"):
            refuse_outside(query)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("OPTIONAL { ?s ex:it\\'s ?o }", "FILTER(?s != 'x')"),
        ("OPTIONAL { ?s ?p '\\u0027' . ?s <http://e/\\u0062'> ?o }", "OPTIONAL { ?s ?p '\\u0027' }"),
        ("FILTER(?s<?o&&'>'=?p)", "FILTER(?s>'x')"),
        ("FILTER(?s<?o#>'''\n&&?p>?o)", "#'''\n"),
        ("# a comment ends here \r", ""),
    ],
)
def test_what_only_looks_like_a_string_hides_no_call(before: str, behind: str) -> None:
    query = f"PREFIX ex: <http://e/> SELECT * {{ {before} {CALL} {behind} \n}}"

    assert calls_out(query)
    with pytest.raises(QueryError, match="SERVICE is refused"):
        refuse_outside(query)


def test_what_no_engine_reads_is_refused_all_the_same() -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        refuse_outside("SELECT * { ?s a//b ?o . SERVICE <http://e/> {} }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s <http://e/it's> ?o . ?s <http://e/p> 'FROM' }",
        "SELECT * { ?s <http://e/#from> 'LOAD' , \"SERVICE <x> {}\" , '''\nSERVICE\n''' }",
        "PREFIX ex: <http://e/> SELECT * { ?s ex:a\\-from ?o FILTER(?o < 'from') FILTER(?s>'load') }",
    ],
)
def test_the_words_in_strings_and_names_are_no_harm(text: str) -> None:
    refuse_outside(text)

    assert calls_out(text) is False


@pytest.mark.parametrize(
    "filler", ["\\u0028", "')'=(", "?s<?o&&')>)'=(", "ex:\\)\\)/(", "<http://e/))>/(", '"""))"""=(', "#)\r("]
)
def test_brackets_in_strings_and_names_close_nothing(filler: str) -> None:
    refuse_deep(filler * (DEEPEST - 1))

    with pytest.raises(QueryError, match="brackets within each other"):
        refuse_deep(filler * (DEEPEST + 1))


def test_negated_brackets_are_counted_apart() -> None:
    refuse_deep("!(" * NEGATED + "((" + "))" + ")" * NEGATED)

    with pytest.raises(QueryError, match="negated"):
        refuse_deep("(" + "! (" * (NEGATED + 1))
