"""Say in one sentence when the port is taken, before a server fails with a traceback.

python tools/port.py 6543
"""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"


def main(port: int) -> int:
    """0 when ``port`` can be bound on loopback, 1 with a sentence when not."""
    with socket.socket() as server:
        # As the server itself binds: a connection in TIME_WAIT is no obstacle.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except OSError as error:
            print(
                f"make: {HOST}:{port} cannot be used ({error.strerror}); "
                f"stop what runs there, or choose another: make serve PORT={port + 1}",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
