"""One POST to the open network: the address that was checked is the one that is called.

No redirect is followed, no proxy of the environment is asked, and nobody keeps us longer than
``TOTAL``. The name is resolved once; every address it has must be public, or none is called.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.outside.addresses import Address, is_public

#: Seconds for opening a connection, and for all of it.
CONNECT, TOTAL = 5, 15
#: Bytes that are read of an answer; what it says is of no interest.
MOST_READ = 4096
#: Of a name with many addresses only the first ones are tried.
MOST_TRIED = 3


class NotSent(Exception):
    """Nothing was answered; ``why`` is the key of an ``Outcome``."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Way:
    """How the open network is reached; only a test has another one."""

    resolve: Callable = socket.getaddrinfo
    is_public: Callable[[str], bool] = is_public
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    total: float = TOTAL


WAY = Way()


def post(address: Address, body: bytes, headers: Mapping[str, str], *, way: Way = WAY) -> int:
    """Send ``body`` and return the status that was answered; raises ``NotSent``."""
    until = time.monotonic() + way.total
    numbers = _numbers(address, way)
    connection = _Connection(address, numbers, until, way)
    end = threading.Timer(max(0, until - time.monotonic()), connection.cut)
    end.daemon = True
    end.start()
    try:
        connection.request("POST", address.target, body, dict(headers))
        with connection.getresponse() as answer:
            _read_a_little(answer)
            return answer.status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotSent("timeout" if connection.is_cut else _why(error)) from error
    finally:
        end.cancel()
        connection.close()


def _numbers(address, way) -> list[tuple]:
    """Family and number of each address of the name; raises ``NotSent`` unless all are public."""
    try:
        found = way.resolve(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("address") from error
    numbers = [(family, sockaddr[0]) for family, _type, _proto, _name, sockaddr in found]
    if not numbers or not all(way.is_public(number) for _family, number in numbers):
        raise NotSent("address")
    return numbers[:MOST_TRIED]


class _Connection(http.client.HTTPSConnection):
    """A connection to one of the addresses that were checked, under the name of the host."""

    def __init__(self, address, numbers, until, way):
        self._tls = way.context()
        super().__init__(address.host, address.port, context=self._tls)
        self.numbers, self.until, self.is_cut = numbers, until, False

    def connect(self):
        opened = self._open()
        # The handshake is outside of this call, so that it can be cut as well.
        self.sock = self._tls.wrap_socket(
            opened, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()

    def _open(self):
        """A socket to the first address that answers."""
        failed = TimeoutError()
        for family, number in self.numbers:
            opened = socket.socket(family, socket.SOCK_STREAM)
            try:
                opened.settimeout(max(0.01, min(CONNECT, self.until - time.monotonic())))
                opened.connect((number, self.port))
                opened.settimeout(max(0.01, self.until - time.monotonic()))
            except OSError as error:
                opened.close()
                failed = error
            else:
                return opened
        raise failed

    def cut(self):
        """End it from another thread, wherever it stands."""
        self.is_cut = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                # Not the method of the TLS socket, which would take its state away.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _read_a_little(answer):
    """Take what was answered, so that the other side ends well; whatever it is."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        answer.read(MOST_READ)


def _why(error) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, TimeoutError):
        return "timeout"
    return "connect" if isinstance(error, OSError) else "broken"
