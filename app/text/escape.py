"""Text from documents as text: nothing in a name is ever obeyed by the page that shows it.

Streamlit reads many strings as Markdown: headings, labels of widgets, messages. `escaped` makes
any text safe for those; `clean` is for where Streamlit shows text as it stands (`st.text`, tables,
options of a select box).
"""

import re
import unicodedata

LONGEST = 300
"""characters of a name in running text"""

JOINER = "\N{WORD JOINER}"
"""Invisible and without width: breaks what Streamlit looks for after Markdown has been read."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"([\\`*\[\]<>|$#~])")
_LATER = re.compile(r"(?<=[:@])(?=\S)|(?<=[-<>=~])(?=[-<>=~])|(?<=\bwww)(?=\.)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_UNSEEN = ("Cc", "Cf", "Cs")


def clean(text: object, longest: int = LONGEST) -> str:
    """`text` as one line without control characters and marks that turn the reading direction.

    >>> clean("Home\\n Office \\u202egnihton")
    'Home Office gnihton'
    """
    spaced = _SPACE.sub(" ", str(text))
    kept = spaced.strip()
    if not kept.isprintable():  # nearly all is, and then nothing in it is unseen
        kept = "".join(char for char in kept if unicodedata.category(char) not in _UNSEEN)
        kept = _SPACE.sub(" ", kept).strip()
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def escaped(text: object, longest: int = LONGEST) -> str:
    """`clean` text, escaped for every place that reads Markdown.

    All punctuation is escaped; icons, emoji, arrows and bare addresses, which are looked for after
    the escapes were read, are broken by an invisible character.

    >>> escaped("**Fund** [x](javascript:1)").replace(JOINER, "|")
    '\\\\*\\\\*Fund\\\\*\\\\* \\\\[x\\\\]\\\\(javascript\\\\:|1\\\\)'
    """
    broken = _LATER.sub(JOINER, clean(text, longest))
    return _PUNCTUATION.sub(r"\\\1", broken)


def plain_heading(text: str) -> str:
    """A heading of a table in Markdown that comes from outside; a table escapes its cells alone."""
    return _MARKUP.sub(r"\\\1", text)


def sentence(text: str) -> str:
    """`text` with a capital at its start."""
    return text[:1].upper() + text[1:]
