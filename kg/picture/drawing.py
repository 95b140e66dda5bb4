"""What all pictures share: escaping, the width of words, the frame with its colours."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import Final

from kg.words import clean

# Colours are those of the page; dark ones are for screens only, so that paper stays white.
_NAMES: Final = ("paper", "ink", "quiet", "line", "link")
_LIGHT: Final = ("#ffffff", "#1b1b1f", "#54545c", "#c9c9d1", "#0a4a8f")
_DARK: Final = ("#16161a", "#ececf1", "#b6b6c0", "#43434c", "#9cc5ff")
_RULES: Final = (
    "{background:@paper;color:@ink;font:14px/1.3 system-ui,sans-serif}",
    " text{fill:@ink}",
    " .quiet{fill:@quiet;font-size:12px}",
    " .strong{font-weight:bold}",
    " .name{font-size:12px}",
    " a text:not(.quiet){fill:@link}",
    " .line{stroke:@line;fill:none}",
    " .mark{stroke:@link;fill:none}",
    " .full{fill:@link;stroke:@paper}",
    " .area{fill:transparent}",
    " .halo{paint-order:stroke;stroke:@paper;stroke-width:4px;stroke-linejoin:round}",
    " a:focus-visible{outline:3px solid @link}",
    " a:focus-visible .area,a:hover .area{stroke:@link}",
)
_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] -·’‘")
_BROAD: Final = frozenset("mwMW—…@%→")
SIZE: Final = 14  # of the words, in pixels
SMALL: Final = 12


def safe(words: str) -> str:
    """Return words as they may stand in an element or an attribute of XML.

    >>> safe('<b>"\\x07')
    '&lt;b&gt;&quot;'
    """
    return escape(_NO_XML.sub("", clean(words)))


def width(words: str, size: float = SIZE) -> float:
    """Return about how many pixels words take in a sans-serif font; rather too many than too few."""
    return sum(map(_em, words)) * size


def cut(words: str, most: float, size: float = SIZE) -> str:
    """Return words, shortened with `…` where they would take more pixels than given."""
    words = clean(words)
    if width(words, size) <= most:
        return words
    while words and width(f"{words}…", size) > most:
        words = words[:-1]
    return f"{words.rstrip()}…"


def lines(words: str, most: float, number: int, size: float = SIZE) -> list[str]:
    """Return words in so many lines at most, none wider than given; what is too much becomes `…`."""
    found = [""]
    rest = clean(words).split()
    for place, word in enumerate(rest):
        longer = f"{found[-1]} {word}".strip()
        if not found[-1] or width(longer, size) <= most:
            found[-1] = longer
        elif len(found) < number:
            found.append(word)
        else:
            found[-1] = " ".join([found[-1], *rest[place:]])
            break
    return [cut(line, most, size) for line in found]


def number(value: float) -> str:
    """Return a number with one digit at most, as the same text on every machine.

    >>> number(3.14159), number(2.0), number(-0.01)
    ('3.1', '2', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def link(href: str, label: str, inner: str) -> str:
    """Return a link with its name for those who do not see it; without an address a group."""
    name = safe(label)
    if not href:
        return f"<g><title>{name}</title>{inner}</g>"
    return f'<a href="{safe(href)}" aria-label="{name}"><title>{name}</title>{inner}</a>'


def picture(title: str, about: str, frame: str, body: str) -> str:
    """Return a whole picture; `frame` are the attributes that give its size.

    It is a group, not an image: links inside an image could not be reached.
    """
    name = safe(title)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="kg-picture" role="group"'
        f' aria-label="{name}" {frame}>'
        f"<title>{name}</title><desc>{safe(about)}</desc><style>{_style()}</style>{body}</svg>"
    )


def _style() -> str:
    rules = "".join(f".kg-picture{rule}" for rule in _RULES)
    coloured = "".join(f".kg-picture{rule}" for rule in _RULES if "@" in rule)
    light, dark = (_painted(text, of) for text, of in ((rules, _LIGHT), (coloured, _DARK)))
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _painted(rules: str, colours: tuple[str, ...]) -> str:
    for name, colour in zip(_NAMES, colours, strict=True):
        rules = rules.replace(f"@{name}", colour)
    return rules


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in _NARROW:
        return 0.36
    return 0.92 if character in _BROAD else 0.72 if character.isupper() else 0.58
