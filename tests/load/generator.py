"""Load from a process of its own: so many clients, each asking again after a pause; prints what they got, as JSON.

generator.py PORT CLIENTS PAUSE SECONDS < body
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter


def ask(port: int, request: bytes) -> tuple[str, bool]:
    """Send one request on a connection of its own; return the status, or what went wrong, and if Retry-After came."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(request)
            reply = b"".join(iter(lambda: connection.recv(65536), b""))
    except OSError as error:
        return type(error).__name__, False
    head = reply.partition(b"\r\n\r\n")[0]
    return (head.split(b" ", 2)[1].decode() if head else "nothing"), b"\r\nRetry-After:" in head


def main() -> None:
    """Ask for as long as the arguments say."""
    port, clients, pause, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    body = sys.stdin.buffer.read()
    head = "POST /v1/summaries HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    got: Counter[str] = Counter()
    without_retry: Counter[str] = Counter()
    end = time.monotonic() + seconds

    def run() -> None:
        while time.monotonic() < end:
            status, retry = ask(port, request)
            got[status] += 1
            without_retry[status] += not retry
            time.sleep(pause)

    threads = [threading.Thread(target=run) for _ in range(clients)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - start
    sys.stdout.write(json.dumps({"got": got, "without_retry": without_retry["503"], "seconds": took}))


if __name__ == "__main__":
    main()
