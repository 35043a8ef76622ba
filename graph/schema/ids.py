"""Identifiers: stable, readable, made from the source's own keys.

An id is a path of lower-case words: jurisdiction, kind, then the thing:
`uk/org/home-office`, `uk/conclusion/wiring-it-up/24`. The jurisdiction comes first because the
United Kingdom and New Zealand both have a Cabinet Office.
"""

import re
import unicodedata

_SEGMENT = r"[a-z0-9]+(?:[-.][a-z0-9]+)*"
_ID = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT}){{2,}}")

MAX_LENGTH = 300


def slug(text: str) -> str:
    """`Department for Education & Employment` → `department-for-education-and-employment`.

    Accents are folded, an ampersand is read as 'and', everything else that is no ASCII letter or
    digit becomes one hyphen. Raises ValueError when nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    letters = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    result = "-".join(re.findall(r"[a-z0-9]+", letters))
    if not result:
        raise ValueError(f"no id can be made from {text!r}")
    return result


def make_id(jurisdiction: str, kind: str, *parts: str | int) -> str:
    """`make_id("uk", "conclusion", "Wiring It Up", 24)` → `uk/conclusion/wiring-it-up/24`."""
    return "/".join([slug(jurisdiction), slug(kind), *(slug(str(part)) for part in parts)])


def id_problem(text: str) -> str | None:
    """Why `text` cannot be an id, or None when it can."""
    if len(text) > MAX_LENGTH:
        return f"the id is longer than {MAX_LENGTH} characters"
    if _ID.fullmatch(text) is None:
        return f"'{text}' is not an id: write jurisdiction/kind/name, such as uk/org/home-office"
    return None
