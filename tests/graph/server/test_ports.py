"""Choosing a port."""

import socket
from collections.abc import Iterator

import pytest

from graph.errors import LocalServerError
from graph.server.launch import choose_port, refusal


@pytest.fixture
def used() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_any_port_is_free() -> None:
    assert not refusal(choose_port(None))


def test_the_previous_one_while_it_is_free(used: int) -> None:
    free = choose_port(None)
    assert choose_port(None, previous=free) == free
    assert choose_port(None, previous=used) != used


def test_the_required_one_or_none(used: int) -> None:
    free = choose_port(None)
    assert choose_port(free, previous=used) == free
    with pytest.raises(LocalServerError) as refused:
        choose_port(used, previous=free)
    assert str(refused.value) == (
        f"The local server cannot listen on port {used} of 127.0.0.1: it is in use by another "
        "program. End that program, set JOINEDUP_PORT to another port, or unset it to let joinedup "
        "choose one."
    )


def test_a_port_that_was_just_left_can_be_had_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        served, _ = listener.accept()
        served.close()  # our side closes first: the port lingers in TIME_WAIT
        client.close()
    assert choose_port(None, previous=port) == port
