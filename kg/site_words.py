"""Words that belong to a web site and not to an article, and common English words."""

from __future__ import annotations

import re
from typing import Final

# What the first words of a short line must be for it to be a button or a label of the site. The
# words alone are not enough: "Share prices fall" and "Support for the deal grows" are headings.
STARTS: Final = re.compile(
    r"(?i)(?:write|leave|post|add|view|show|read|see)\s+(?:(?:your|a|all|the|\d+)\s+)?comments?\b|"
    r"follow\s+(?:us|me|our|@|\S+\.\w{2,})|(?:sign|log)[ -]?(?:up|in)\b|subscribe\b|"
    r"(?:share|tweet|print|like|e-?mail|bookmark|download|donate|support|join)"
    r"(?:\s*$|\s+(?:this|us|on|via|it|our|now|the (?:site|website|app))\b)|"
    r"(?:read|see|learn|find out)\s+(?:more|also|next)\b|(?:skip|back|jump)\s+to\b|"
    r"related\s*(?:$|:|(?:articles|stories|posts|news|topics)\b)|(?:click|tap)\s+here\b|"
    r"most\s+(?:read|popular|viewed)\b|advertisement\s*$|all\s+rights\s+reserved\b|©|"
    r"copyright\s*[©(\d]|(?:categor(?:y|ies)|tags?|menu|search|newsletters?)\s*(?:$|:)|"
    r"comments?\s*(?:$|[\d(:])|home\s*(?:$|[|/>»])|\d+\s+(?:min|minutes?)\s+read\b"
)
NOTICE: Final = re.compile(
    r"(?i)\bcookies?\b.{0,80}\b(?:accept|consent|agree|use|uses|polic(?:y|ies)|settings|improve)\b|"
    r"\b(?:accept|use|uses|using)\b.{0,40}\bcookies\b|\bprivacy policy\b|"
    r"\bsign up (?:for|to) (?:our|the)\b|\bsubscribe to our\b|\ball rights reserved\b|"
    r"\benable javascript\b|\bfollow us on\b|\bdisable your ad ?blocker\b"
)
CREDIT: Final = re.compile(
    r"(?i)^\(?(?:photo|image|picture|illustration|video|file photo|caption|credit)\b|"
    r"\b(?:getty images|file photo|photo by|image credit)\b"
)
COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "the of and to in a is that for it on with as was by at from are be this an have has not "
        "were had but they which his he their its or who been will would she her we there",
    )
)
