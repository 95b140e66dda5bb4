"""Codes words by dictionaries of actors and agents, as PETRARCH does.

The longest name wins, from left to right. A phrase is taken apart at commas and conjunctions; in
each part the first actor counts, with the agent words around it up to the next actor. An agent's
code is appended (`~GOV`) or prepended (`NGO~`) unless the actor's code has it already. A part
without an actor shares that of its neighbour ("Norland media and government"), a part without an
agent word that which stands before a list ("lawmakers in Norland and Lund"). Agent words
without any actor give `---` and their code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.dictionaries import ActorEntry, AgentEntry

NOBODY = "---"
_WORD = re.compile(r"[\w][\w.'’\-]*|,")
_JOINTS = frozenset({",", "AND", "OR", "NOR", "NEITHER", "EITHER", "BOTH", "BETWEEN"})
_LIST_PREPOSITIONS = frozenset({"OF", "IN", "FROM"})
_FAR = 100  # characters: longer than any name
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a coordinated phrase: codes of its actor, and its agents.

    `leads`: the agents stand before their actor, as in "lawmakers in". `open`: other words follow
    the actor and no agent does, as in "Norway's old" before "and new minister".
    """

    actors: tuple[str, ...] = ()
    agents: tuple[AgentEntry, ...] = ()
    leads: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Coder:
    """Dictionaries by the words of their names."""

    actors: Mapping[Words, ActorEntry]
    agents: Mapping[Words, AgentEntry]
    longest: int

    @classmethod
    def of(cls, actors: Iterable[ActorEntry], agents: Iterable[AgentEntry]) -> Coder:
        """Index the dictionaries; of two entries with one name the first counts."""
        by_actor: dict[Words, ActorEntry] = {}
        by_agent: dict[Words, AgentEntry] = {}
        for actor in actors:
            for name in actor.names:
                by_actor.setdefault(_split(name), actor)
        for agent in agents:
            for name in agent.names:
                by_agent.setdefault(_split(name), agent)
        longest = max(map(len, (*by_actor, *by_agent)), default=0)
        return cls(by_actor, by_agent, longest)

    def codes(self, words: str, day: date | None) -> tuple[str, ...]:
        """Return the codes of all that a phrase names on a day, each once, in the order of the text."""
        parts = [self._part(part, day) for part in _parts(_split(words))]
        shared = _shared(_closed(part for part in parts if part.actors or part.agents))
        found = (_joined(actor, part.agents) for part in shared for actor in part.actors or (NOBODY,))
        return tuple(dict.fromkeys(found))

    def reach(self, text: str, start: int, end: int, day: date | None) -> int:
        """Return where a phrase ends together with the names that its agent words are put to.

        "lawmakers" in "lawmakers in Norland and Lund said" reaches to "Lund".
        """
        part = self._part(_split(text[start:end]), day)
        if not part.agents or (part.actors and not part.leads):
            return end
        reached, names = end, bool(part.actors)
        gap: list[str] = []
        tail = list(_WORD.finditer(text, end))
        while tail:
            word = _split(tail[0][0])[0]
            length, actor, agent = self._longest(_split(text[tail[0].start() : tail[0].start() + _FAR]), day)
            if actor and gap and (names or gap[0] in _LIST_PREPOSITIONS):
                reached, names, gap = tail[length - 1].end(), True, []
            elif agent and gap and gap[-1] in _JOINTS and not names:
                gap = []
            elif word in _JOINTS | _LIST_PREPOSITIONS | {"THE"} and len(gap) < 3:
                gap.append(word)
                length = 1
            else:
                break
            tail = tail[length:]
        return reached

    def can_give(self, code: str) -> bool:
        """Tell whether some words of the dictionaries could give a code on some day."""
        bare = code.removeprefix(NOBODY)
        if bare != code:
            return bool(bare) and any(bare in (a.after, a.before) for a in self.agents.values())
        known = (c for actor in self.actors.values() for dated in actor.codes for c in dated.code.split("/"))
        return any(code.startswith(k) or code.removeprefix("NGO").startswith(k) for k in known)

    def _part(self, words: Words, day: date | None) -> Part:
        codes: tuple[str, ...] = ()
        agents: list[AgentEntry] = []
        leads = False
        at = last = 0
        while at < len(words):
            length, actor, agent = self._longest(words[at:], day)
            if actor and codes:
                break
            if actor:
                codes, leads = actor.codes_on(day), bool(agents) and words[at - 1] in _LIST_PREPOSITIONS
                last = at + length
            elif agent:
                agents.append(agent)
            at += length
        return Part(codes, tuple(agents), leads, bool(codes) and not agents and last < len(words))

    def _longest(self, words: Words, day: date | None) -> tuple[int, ActorEntry | None, AgentEntry | None]:
        for length in range(min(self.longest, len(words)), 0, -1):
            name = words[:length]
            actor = self.actors.get(name)
            if actor and actor.codes_on(day):
                return length, actor, None
            if agent := self.agents.get(name):
                return length, None, agent
        return 1, None, None


def _split(words: str) -> Words:
    """Return words in capitals, without the genitive and the dots of abbreviations."""
    found = (re.sub(r"['’]S?$", "", word.upper()) for word in _WORD.findall(words.replace("_", " ")))
    return tuple(word.replace(".", "") for word in found)


def _parts(words: Words) -> list[Words]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _JOINTS:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _closed(parts: Iterable[Part]) -> list[Part]:
    """Put an open part and the agents behind it together: "Norway's old" and "new minister"."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].open and part.agents and not part.actors:
            found[-1] = replace(found[-1], agents=part.agents, open=False)
        else:
            found.append(part)
    return found


def _shared(parts: list[Part]) -> list[Part]:
    """Give a part what it shares with its neighbours."""
    found: list[Part] = []
    leading: list[tuple[AgentEntry, ...]] = []  # agents that stand before a list of names
    waiting: list[Part] = []  # agents before the first name
    for part in parts:
        if not part.actors and not found:
            waiting.append(part)
        elif not part.actors:
            found.append(replace(part, actors=found[-1].actors))
        elif part.leads or waiting:
            leading = [*(p.agents for p in waiting), part.agents]
            found += [replace(part, agents=agents) for agents in leading]
            waiting, leading = [], leading if part.leads else []
        elif leading and not part.agents:
            found += [replace(part, agents=agents) for agents in leading]
        else:
            leading = []
            found.append(part)
    return found or waiting


def _joined(actor: str, agents: tuple[AgentEntry, ...]) -> str:
    """Put the codes of agent words to an actor's, in units of three letters, unless it has them."""
    units = _units(actor)
    for agent in agents:
        units = [unit for unit in _units(agent.before) if unit not in units] + units
        units += [unit for unit in _units(agent.after) if unit not in units]
    return "".join(units)


def _units(code: str) -> list[str]:
    return [code[at : at + 3] for at in range(0, len(code), 3)]
