"""The screens: one folder a page, and the parts that pages are made of.

A page's `page.py` is the page: its functions and, at the end, `main` under the frame that
`parts.frame` gives. Streamlit runs it as a script at every click, so whatever outlives a run stands
in a module beside it that is imported: classes whose instances stay in the session or in a cache,
and functions that cache. A page imports from `parts` and never from another page; what two pages
share is a part.
"""

# Before graph.database.store hides it from the driver while that is imported: a second session
# that opens in the same moment would else meet a half-hidden pandas, and keep it.
import pandas

__all__ = ["pandas"]
