"""A person with a browser of their own, and whether the app has answered what their page asked.

A click reaches the app some time after it was made, longer on a busy machine; until then the page
looks as finished as it will afterwards. What goes over its socket tells the two apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_awaited: WeakKeyDictionary[Page, bool] = WeakKeyDictionary()


@contextmanager
def visitor(chromium: Browser, size: tuple[int, int] = (1280, 800), **asked: Any) -> Iterator[Page]:
    """An empty tab in a browser of their own; `asked` is what Playwright's new_context takes."""
    context = chromium.new_context(
        **{"viewport": {"width": size[0], "height": size[1]}, "locale": "en-GB", **asked}
    )
    context.set_default_timeout(60_000)
    context.on("page", _listen)
    yield context.new_page()
    context.close()


def awaits(page: Page) -> bool:
    """Whether the page has asked for a run that has not ended; never, if nobody listens to it."""
    return _awaited.get(page, False)


def _listen(page: Page) -> None:
    def sent(frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            _awaited[page] = True

    def received(frame: str | bytes) -> None:
        if not isinstance(frame, bytes):
            return
        told = ForwardMsg.FromString(frame)
        if told.WhichOneof("type") == "script_finished":
            _awaited[page] = told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def closed(_: WebSocket) -> None:
        _awaited.pop(page, None)

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", sent)
        socket.on("framereceived", received)
        socket.on("close", closed)

    page.on("websocket", opened)
