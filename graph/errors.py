"""Everything joinedup can refuse, as one tree.

    JoinedUpError
    ├── BundleError            a fact bundle cannot be read, checked or written
    │   └── BundleInvalid      it was read, and has problems (all are listed)
    ├── VocabularyError        a word outside the vocabulary, or a record without provenance
    ├── QuestionError          a question cannot be asked
    │   ├── UnknownQuestion
    │   ├── ParameterError     missing, misspelt or of the wrong type
    │   └── NameNotFound       a name matches nothing, or several things
    ├── DatabaseError          the database refused or failed
    │   ├── DatabaseUnreachable
    │   ├── QueryRefused       a reading path was asked to do more than read
    │   └── LocalServerError   the managed local server cannot be fetched or started
    ├── ExportError            an export cannot be written
    └── Cancelled              whoever follows the progress of long work called it off

Each message says what was wrong, where, and what to do; `exit_code` is what the command line
returns for it.
"""

from collections.abc import Sequence
from typing import ClassVar


class JoinedUpError(Exception):
    """The root: everything an analyst may be shown as a message instead of a stack trace."""

    exit_code: ClassVar[int] = 1


class BundleError(JoinedUpError):
    """A fact bundle cannot be read, checked or written."""

    exit_code = 3


class VocabularyError(JoinedUpError):
    """A word outside the vocabulary, or a record without provenance."""

    exit_code = 3


class QuestionError(JoinedUpError):
    """A question cannot be asked as it was put."""

    exit_code = 2


class UnknownQuestion(QuestionError):
    """No question has this id."""


class ParameterError(QuestionError):
    """A parameter is missing, misspelt or of the wrong type."""


class NameNotFound(QuestionError):
    """A name matches nothing in the graph, or several things."""


class DatabaseError(JoinedUpError):
    """The database refused or failed."""

    exit_code = 4


class DatabaseUnreachable(DatabaseError):
    """No database answers at the address."""


class QueryRefused(DatabaseError):
    """A reading path was asked to do more than read."""

    exit_code = 5


class LocalServerError(DatabaseError):
    """The managed local server cannot be fetched, started or stopped."""


class ExportError(JoinedUpError):
    """An export cannot be written."""


class Cancelled(JoinedUpError):
    """Somebody called long work off while it was under way (raised by a Progress)."""


def either(words: Sequence[str]) -> str:
    """The words of a choice, as a message names them: `a`, `a or b`, `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
