"""What a page says when something is wrong: what it was, and what to do. Never a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from app.screens.parts.cached import forget
from app.text.escape import clean, escaped, sentence
from graph.errors import DatabaseError, DatabaseUnreachable, JoinedUpError, QueryRefused

LONGEST = 2_000
DOWN = "database-down"
_LOG = logging.getLogger(__name__)


@contextmanager
def explained() -> Iterator[None]:
    """Show whatever goes wrong inside as a message; what was drawn before stays on the page."""
    try:
        yield
    except QueryRefused as error:
        tell(error)
    except DatabaseError as error:
        forget()
        unreachable(error)
    except JoinedUpError as error:
        tell(error)
    except Exception:
        _LOG.exception("a page failed")
        st.error("Something went wrong in joinedup itself.", icon=":material/error:")
        st.caption(
            "Nothing in the graph was changed. What happened is written in the terminal that "
            "runs the app."
        )


def tell(error: JoinedUpError) -> None:
    """An error's message: the first line as such, what follows it as a list of plain text."""
    first, *others = str(error).strip().splitlines() or ["it failed without saying why"]
    st.error(escaped(sentence(first), LONGEST), icon=":material/error:")
    for line in others:
        st.text(clean(line, LONGEST))


def unreachable(error: DatabaseError) -> None:
    """The database did not answer: say so, and offer to try again. What was typed is kept."""
    st.session_state[DOWN] = True
    down = isinstance(error, DatabaseUnreachable)
    st.error("The database does not answer." if down else "The database could not answer.")
    for line in str(error).strip().splitlines():
        st.text(clean(sentence(line), LONGEST))
    st.caption(
        "Your choices are kept. On the command line, joinedup db status shows what is known and "
        "joinedup db start starts the local database."
    )
    st.button("Try again", icon=":material/refresh:", key="try-again")


def keep_typed() -> None:
    """At the end of a run without the database: keep what was typed in boxes it did not draw.

    Streamlit forgets the value of a box that is not drawn, unless it is set by hand. The values of
    buttons, uploads and tables cannot be set, and boxes to tick have `persist_state`.
    """
    if not st.session_state.pop(DOWN, False):
        return
    for key, value in list(st.session_state.items()):
        several = isinstance(value, list) and all(isinstance(one, str) for one in value)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if isinstance(key, str) and (isinstance(value, str) or several or number):
            with suppress(StreamlitAPIException):  # this run has drawn it: then it is kept anyway
                st.session_state[key] = value
