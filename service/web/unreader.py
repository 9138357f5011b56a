"""What gunicorn's parser reads from: the bytes that the event loop has gathered."""

from __future__ import annotations

from gunicorn.http.unreader import Unreader

from service.web.arrivals import CutBodyError
from service.web.connections import PatientConnection

_PIECE = 256 * 1024
_SMALL_PIECE = 8 * 1024  # of a head, or of chunks: gunicorn copies what it has not used yet


class GatheredUnreader(Unreader):  # type: ignore[misc] # gunicorn has no types
    """Gives the parser bytes in pieces as a socket would, and nothing else.

    Only the thread of a streamed request reads on from the socket: elsewhere a client could make it wait.
    """

    def __init__(self) -> None:
        """Start without a byte."""
        super().__init__()
        self._held = memoryview(b"")
        self.exhausted = False
        """Whether the parser wanted more than there is: where the next request starts is then unknown."""
        self.source: PatientConnection | None = None
        """Where a streamed request goes on."""
        self.cut = False
        """Whether the rest of the body was not waited for; whoever wants it gets a `CutBodyError`."""

    def hold(self, content: bytearray) -> None:
        """Give these bytes next."""
        self._held = memoryview(content)

    @property
    def holds_bytes(self) -> bool:
        """Whether something is left, of the next request."""
        return bool(self._held or self.buf.getbuffer().nbytes)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece, as gunicorn asks for it."""
        size = max(_SMALL_PIECE, min(size_hint or 0, _PIECE))
        piece, self._held = bytes(self._held[:size]), self._held[size:]
        if not piece and self.source is not None:
            piece = self.source.receive(size)
        if not piece and self.cut:
            raise CutBodyError
        self.exhausted = self.exhausted or not piece
        return piece

    def take_buffered(self) -> bytes:
        """Return all that is left, and give it no more."""
        rest, self._held = bytes(self._held), memoryview(b"")
        return bytes(super().take_buffered()) + rest
