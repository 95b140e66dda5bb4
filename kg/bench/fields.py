"""Compares one predicted event with one gold event, field by field.

Definitions (all spans are half-open code points):

type        the predicted PLOVER category is one of the family that `mapping.json` gives
role        a predicted filler in a role that the mapping allows has the same head word as the
            gold's span, or is an entity whose name or metonym the gold lists; a state for any
            of its people never is. Gold roles that are implicit, or mapped to "optional", are
            not required. Every agent and target that is predicted must match a gold role.
place       the same head word or name; not required where the gold gives no words; and where
            the gold gives no place at all, none may be predicted (a host's land may).
time        by the gold's `check`: exact: same earliest and latest day; vague: dated, inside the
            gold's bounds; unstated: undated, or bounds that overlap the gold's
count       the same kinds with the same bounds
claimant    the gold's source: nobody for the author, else a claimant of that name
factuality  one that the mapping allows for the gold's value and source
status      as `status_check` says
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Gold = dict[str, Any]
Row = dict[str, Any]

_PREPOSITIONS = re.compile(r"\s(?:of|in|from|at|to|for|on|with|by|who|that|which|over)\s", re.IGNORECASE)
_KINDS = {"dead": "Killed", "injured": "Injured", "missing": "Missing", "detained": "Detained"}
_LOOSE_ROLES = {
    "participant": {"participant", "agent", "target"},
    "beneficiary": {"beneficiary", "target", "participant"},
    "target": {"target", "participant"},
    "agent": {"agent", "participant"},
}


def head_word(text: str) -> str:
    """Return the head word of a noun phrase: the last one before its first preposition.

    >>> head_word("representatives of the Azerbaijani diaspora"), head_word("the capital")
    ('representatives', 'capital')
    """
    start = _PREPOSITIONS.split(text, maxsplit=1)[0]
    words = re.findall(r"[\w'’-]+", start)
    return re.sub(r"['’]s?$", "", words[-1].lower()) if words else ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """The gold's roles, types and factualities in kg's terms, and the names of its entities."""

    roles: dict[str, str]
    types: dict[str, str]
    factuality: dict[str, list[str]]
    names: dict[str, set[str]]
    states: frozenset[str]

    def family(self, gold_type: str) -> set[str]:
        """Return the categories that count as right for a gold type; empty if it is not mapped."""
        return set(re.findall(r"[A-Z]{3,}", self.types.get(gold_type, "")))


def fields(gold: Gold, row: Row, mapping: Mapping) -> dict[str, bool]:
    """Return for each field whether the prediction is right."""
    matched, wrong = match_fillers(gold, row, mapping)
    required = [r for r in gold["roles"] if _required(r, mapping)]
    return {
        "type": row["plover"] in mapping.family(gold["type"]) or not mapping.family(gold["type"]),
        "roles": all(id(r) in matched for r in required) and not wrong,
        "place": place_right(gold, row, mapping),
        "time": time_right(gold, row),
        "count": counts_right(gold, row),
        "claimant": claimant_right(gold, row, mapping),
        "factuality": factuality_right(gold, row, mapping),
        "status": gold["status_check"] == "either"
        or (row["status"] == "Actual") == (gold["status_check"] == "Actual"),
    }


def _required(role: Gold, mapping: Mapping) -> bool:
    mapped = mapping.roles.get(role["role"], "optional")
    return (
        not role["implicit"]
        and role["text"] is not None
        and "optional" not in mapped
        and role["role"] != "causer"
    )


def match_fillers(gold: Gold, row: Row, mapping: Mapping) -> tuple[set[int], list[Row]]:
    """Return the gold roles that some filler matches (by identity), and the fillers that match none."""
    matched: set[int] = set()
    wrong = []
    for filler in row["roles"]:
        if filler["role"] == "place":
            continue
        hits = [r for r in gold["roles"] if _role_allows(r, filler, mapping) and same(r, filler, mapping)]
        hits = [r for r in hits if not (r["implicit"] and filler["basis"] == "explicit")]
        matched |= {id(r) for r in hits}
        wrong += [] if hits else [filler]
    return matched, wrong


def _role_allows(role: Gold, filler: Row, mapping: Mapping) -> bool:
    mapped = mapping.roles.get(role["role"], "")
    allowed = set(_LOOSE_ROLES.get(mapped, set()))
    if "optional" in mapped:
        allowed |= {"instrument", "target", "participant"}
    return filler["role"] in allowed


def same(role: Gold, filler: Row, mapping: Mapping) -> bool:
    """Tell whether a filler is the gold's: by entity name, or by head word unless a state differs."""
    names = mapping.names.get(role["entity"], set())
    if filler["entity"].lower() in names or filler["text"].lower().removeprefix("the ") in names:
        return True
    if filler["kind"] == "State" and role["entity"] not in mapping.states:
        return False
    return bool(role["text"]) and head_word(role["text"]) == head_word(filler["text"])


def place_right(gold: Gold, row: Row, mapping: Mapping) -> bool:
    """Compare places: see the module's definitions."""
    predicted = [f for f in row["roles"] if f["role"] == "place"]
    worded = [p for p in gold["place"] if p["text"]]
    hosts = [r for r in gold["roles"] if r["role"] == "host"]
    known = [{**p, "implicit": False} for p in gold["place"]] + hosts
    extra = [f for f in predicted if not any(_same_place(p, f, mapping) for p in known)]
    return not extra and all(any(_same_place(p, f, mapping) for f in predicted) for p in worded)


def _same_place(place: Gold, filler: Row, mapping: Mapping) -> bool:
    names = mapping.names.get(place["entity"], {place["entity"].replace("_", " ").lower()})
    if filler["entity"].lower() in names or filler["text"].lower() in names:
        return True
    return bool(place["text"]) and head_word(place["text"]) == head_word(filler["text"])


def time_right(gold: Gold, row: Row) -> bool:
    """Compare times by the gold's own check."""
    wanted, found = gold["time"], row["time"]
    dated = found is not None and (found["earliest"] or found["latest"])
    if wanted is None:
        return not dated
    if not dated:
        return bool(wanted["check"] == "unstated")
    low, high = found["earliest"] or "0000", found["latest"] or "9999"
    first, last = wanted["earliest"] or "0000", wanted["latest"] or "9999"
    if wanted["check"] == "exact":
        return bool((low, high) == (first, last))
    if wanted["check"] == "vague":
        return bool(first <= low and high <= last)
    return bool(low <= last and first <= high)


def counts_right(gold: Gold, row: Row) -> bool:
    """Compare the counts that the gold gives words with a number for."""
    wanted = {
        (_KINDS.get(c["kind"], c["kind"]), c["min"], c["max"]) for c in gold["counts"] if c["text"] != "they"
    }
    return wanted == {(c["kind"], c["least"], c["most"]) for c in row["counts"]}


def claimant_right(gold: Gold, row: Row, mapping: Mapping) -> bool:
    """Compare who says so."""
    source = gold["factuality"]["source"]
    if source in {"author", "unspecified"}:
        return not row["claimants"]
    names = mapping.names.get(source, set()) | {source.lower()}
    return any(c["entity"].lower() in names or c["text"].lower() in names for c in row["claimants"])


def factuality_right(gold: Gold, row: Row, mapping: Mapping) -> bool:
    """Compare the factuality, through the mapping of the gold's scale."""
    value, source = gold["factuality"]["value"], gold["factuality"]["source"]
    by = "author" if source == "author" else "another"
    allowed = [
        fact
        for key, facts in mapping.factuality.items()
        if value in re.split(r"[/, ]+", key) and (f"by {by}" in key or " by " not in key)
        for fact in facts
    ]
    return row["factuality"] in allowed
