"""What of a picture's data travels to the browser: only what it does not hold yet.

Things and links are told once; afterwards only what is new, changed or gone, against the version
that was sent before. Words that repeat (documents' titles, how sure) are told once in a list.
`front/wire.js` puts it together again, and asks for the whole when it lacks the version before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]
_DERIVED = ("id", "said")
"""of a link: made again from its ends, its reading and its roles"""


def packed(data: Data, told: Sequence[str] = ()) -> Data:
    """The same data with every title and judgement told once, and a version of its contents.

    `told` are the words told before, which keep their places. A fact is a row: title and sureness
    by their places in `words`, then locator, role, what else it says, quote and passage, empty
    ones at the end left out.
    """
    words = {word: place for place, word in enumerate(told)}
    links = {link["id"]: _link(link, words) for link in data["links"]}
    things = {thing["id"]: _thing(thing) for thing in data["things"]}
    text = json.dumps([list(things.values()), list(links.values()), list(words)], sort_keys=True)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    rest = {name: value for name, value in data.items() if name not in ("things", "links")}
    return {**rest, "version": version, "things": things, "links": links, "words": list(words)}


def message(now: Data, before: Data | None) -> Data:
    """What to send: the whole of `now`, or what became of `before` where that is less."""
    whole = {**now, "things": list(now["things"].values()), "links": list(now["links"].values())}
    if before is None or before["key"] != now["key"]:
        return whole
    changed: Data = {**now, "base": before["version"], "gone": []}
    for name in ("things", "links"):
        held = before[name]
        changed[name] = [each for id_, each in now[name].items() if held.get(id_) != each]
        changed["gone"] += [id_ for id_ in held if id_ not in now[name]]
    size = len(changed["things"]) + len(changed["links"])
    return changed if size * 2 <= len(now["things"]) + len(now["links"]) else whole


def _thing(thing: Data) -> Data:
    kept = {name: value for name, value in thing.items() if value not in (False, "")}
    if kept.get("short") == thing["name"]:
        del kept["short"]
    return kept


def _link(link: Data, words: dict[str, int]) -> Data:
    kept = {
        name: value
        for name, value in link.items()
        if value not in (False, "", 0) and name not in (*_DERIVED, "facts")
    }
    kept["type"] = link["id"].split(" ")[1]
    kept["facts"] = [_fact(fact, words) for fact in link["facts"]]
    return kept


def _fact(fact: Data, words: dict[str, int]) -> list[Any]:
    row = [
        words.setdefault(fact["title"], len(words)),
        words.setdefault(fact["sure"], len(words)),
        *(fact[name] for name in ("locator", "role", "says", "quote", "passage")),
    ]
    while row[-1] == "":
        row.pop()
    return row
