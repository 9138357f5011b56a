"""Load from a process of its own: so many clients that together ask so often; prints what they got, as JSON.

generator.py PORT CLIENTS RATE SECONDS < body

RATE is requests a second over all clients; 0 is as often as they can. A client that had to wait for its answer asks
again at once until it has caught up, so that a slow server does not slow the load down. In every request the body's
`PLACEHOLDER` is another word, so that no cache has seen the text.
"""

from __future__ import annotations

import json
import random
import socket
import string
import sys
import threading
import time
from collections import Counter

PLACEHOLDER = b"@@@@@@@@"


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
    port, clients, rate, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    body = sys.stdin.buffer.read()
    head = "POST /v1/summaries HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    got: Counter[str] = Counter()
    without_retry: Counter[str] = Counter()
    served: list[tuple[float, float]] = []
    start = time.monotonic()
    interval = clients / rate if rate else 0.0

    def run(number: int) -> None:
        due = start + interval * number / clients
        while (now := time.monotonic()) < start + seconds:
            if due > now:
                time.sleep(due - now)
            due += interval
            word = "".join(random.choices(string.ascii_lowercase, k=len(PLACEHOLDER))).encode()
            began = time.monotonic()
            status, retry = ask(port, request.replace(PLACEHOLDER, word))
            got[status] += 1
            without_retry[status] += not retry
            if status == "200":
                served.append((round(began - start, 2), round(time.monotonic() - began, 4)))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {"got": got, "without_retry": without_retry["503"], "asked_seconds": seconds, "served": served}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
