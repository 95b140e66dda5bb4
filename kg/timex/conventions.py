"""The vague words of time, and the stretch that kg takes each of them for.

Every number here is a convention, not a fact; `docs/time.md` lists the same table.
"""

from __future__ import annotations

from typing import Final

RECENTLY_MONTHS: Final = 3  # older news is told with its month or its year
THEN_MONTHS: Final = 1  # "then" after a dated event speaks of its near aftermath
RUN_UP_MONTHS: Final = 3  # campaigns and preparations that are news in themselves
FEW: Final = (2, 6)  # more than six would be "many"; so "the last few months" is half a year
COUPLE: Final = (2, 3)  # two, but spoken loosely
SEVERAL: Final = (2, 9)  # fewer than would be counted in tens
WEEK_SLACK_DAYS: Final = 3  # "two weeks ago" is said of the days around that day
MONTH_SLACK_DAYS: Final = 15  # half a month either way
YEAR_SLACK_MONTHS: Final = 6  # half a year either way
ABOUT_DAYS: Final = 3  # "around 3 July": within the same few days
ABOUT_MONTHS: Final = 1  # "around July": the months beside it are not excluded
ABOUT_YEARS: Final = 1  # "around 2014": the years beside it are not excluded
EARLY_LAST_DAY: Final = 10  # a month is told in thirds: 1-10, 11-20, 21-end
MID_LAST_DAY: Final = 20
EARLY_LAST_MONTH: Final = 4  # a year is told in thirds of four months
MID_LAST_MONTH: Final = 8
EARLY_LAST_YEAR: Final = 3  # a decade: 0-3, 4-6, 7-9
MID_LAST_YEAR: Final = 6
