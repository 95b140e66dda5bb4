"""The small lines around an article: who wrote it, where, on which day."""

from __future__ import annotations

import pytest

from kg.bylines import byline, dateline
from kg.read import plain

BODY = "Norway expelled two envoys from Oslo on Tuesday after a long row over fish and boats.\n"


def stated(line: str) -> str | None:
    """Return the day of publication of an article with this line below its title."""
    return plain(f"Norway expels two envoys\n{line}\n\n{BODY}").found.published


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Ann Lee, 5 May 2020", "2020-05-05"),
        ("Analysis by Ann Lee, May 5, 2020", "2020-05-05"),
        ("OSLO, May 5, 2020 (Wire)", "2020-05-05"),
        ("By Ann Lee, The Post", None),
        ("Ann Lee was born on 5 May 1970 in a village", None),
    ],
)
def test_a_day_beside_an_author_or_a_place_is_the_day_of_publication(line: str, day: str | None) -> None:
    assert stated(line) == day


def test_a_day_beside_an_author_is_no_publisher() -> None:
    assert byline("By Ann Lee, 5 May 2020") == ("Ann Lee", None)
    assert (
        plain(f"Norway expels two envoys\nUpdates by the desk, 5 May 2020\n\n{BODY}").found.publisher is None
    )


def test_a_dateline_with_a_year_dates_the_article() -> None:
    text = f"Norway expels two envoys\n\nOSLO, May 5, 2020 (Wire) - {BODY}"

    assert plain(text).found.published == "2020-05-05"


def test_the_hour_of_a_live_report_is_no_part_of_its_sentence() -> None:
    assert dateline("11.12 Clashes at the gate.") == len("11.12 ")
    assert dateline("11 people clashed.") == 0
