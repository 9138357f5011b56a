"""When a request is whole: the same at whatever places its bytes were cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.arrivals import MOST_HEAD_BYTES, Arrival, State

LIMIT = 100
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"

WHOLE = [
    b"GET / HTTP/1.1\r\n\r\n",
    POST + b"Content-Length: 0\r\n\r\n",
    POST + b"content-length: \t 5  \r\n\r\n12345",
    POST + b"Content-Length: 100\r\n\r\n" + b"x" * LIMIT,
    CHUNKED + b"0\r\n\r\n",
    CHUNKED + b"5\r\n\r\n\r\n0\r\n0\r\n\r\n",  # the chunk holds what looks like an end
    CHUNKED + b"5;a=b\r\n12345\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
    CHUNKED + b"1\r\nx\r\n" * LIMIT + b"0\r\n\r\n",
]


def states(content: bytes, cuts: list[int]) -> list[State]:
    """Add the bytes in pieces, and return the state after each."""
    arrival = Arrival(max_body_bytes=LIMIT)
    edges = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    found = [arrival.add(content[start:end]) for start, end in pairwise(edges)]
    assert bytes(arrival.content) == content
    return found


@given(st.sampled_from(WHOLE), st.lists(st.integers(0, 10_000), max_size=6))
def test_a_request_is_whole_with_its_last_byte_and_not_before(content: bytes, cuts: list[int]) -> None:
    """Wherever the network cuts it."""
    assert states(content, cuts)[-1] == "whole"
    assert set(states(content[:-1], cuts)) == {"partial"}


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (POST + b"Content-Length: 101\r\n\r\n", "too-large"),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", "too-large"),
        (CHUNKED + b"65\r\n", "too-large"),
        (CHUNKED + b"3c\r\n" + b"x" * 60 + b"\r\n3c\r\n", "too-large"),
        (CHUNKED + b"f" * 500 + b"\r\n", "too-large"),
        (CHUNKED + b"3c\r\n" + b"x" * 60 + b"\r\n28\r\n", "partial"),
        (b"GET /" + b"a" * MOST_HEAD_BYTES, "endless-head"),
        (CHUNKED + b"5;" + b"a" * MOST_HEAD_BYTES, "endless-body"),
        (CHUNKED + b"0\r\n" + b"a: b\r\n" * MOST_HEAD_BYTES, "endless-body"),
        (CHUNKED + b"1\r\nx\r\n" * 50, "partial"),
        (CHUNKED + b"zz\r\n", "whole"),  # broken: not worth waiting for
    ],
)
def test_what_is_not_waited_for(content: bytes, state: State) -> None:
    """A request that will be refused is refused as soon as that is known."""
    assert states(content, [])[-1] == state


@pytest.mark.parametrize(
    ("head", "expects"),
    [
        (POST + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", True),
        (POST + b"Content-Length: 5\r\n\r\n", False),
        (b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", False),
    ],
)
def test_who_waits_for_a_go_ahead_is_known(head: bytes, expects: bool) -> None:  # noqa: FBT001
    """HTTP/1.0 knows no such thing."""
    arrival = Arrival(max_body_bytes=LIMIT)
    arrival.add(head)

    assert arrival.expects_continue == expects


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (POST + b"Content-Length: 999\r\n\r\nabc", "streamed"),
        (b"\r\n" + POST.replace(b"/ ", b"/?a=b ") + b"\r\n", "streamed"),
        (POST.replace(b"/ ", b"http://a/ ") + b"Content-Length: 999\r\n\r\n", "streamed"),
        (POST.replace(b"/ ", b"//%2F#a ") + b"Content-Length: 999\r\n\r\n", "streamed"),
        (POST.replace(b"/ ", b"http://[ ") + b"Content-Length: 999\r\n\r\n", "too-large"),
        (POST.replace(b"/ ", b"/x ") + b"Content-Length: 999\r\n\r\n", "too-large"),
        (POST.replace(b"POST", b"PUT") + b"Content-Length: 999\r\n\r\n", "too-large"),
        (POST, "partial"),
    ],
)
def test_the_body_of_a_streamed_path_is_not_gathered(content: bytes, state: State) -> None:
    """Of a POST, with a query or without, however the path is spelled; its head is."""
    assert Arrival(max_body_bytes=LIMIT, streamed={b"/"}).add(content) == state


def test_chunks_beyond_number_are_not_waited_for() -> None:
    """Each costs time, however small it is."""
    arrival = Arrival(max_body_bytes=10**6)
    arrival.add(CHUNKED)

    assert arrival.add(b"1\r\nx\r\n" * 2**16) == "partial"
    assert arrival.add(b"1\r\nx\r\n") == "endless-body"
