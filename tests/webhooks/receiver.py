"""A real receiver on this machine: TLS with a certificate that the test alone trusts."""

import contextlib
import http.server
import socket
import ssl
import threading
from dataclasses import dataclass, field

import trustme

from tracker.outside.post import Way

HOST = "hooks.example.org"


@dataclass
class Received:
    """One request as it came in."""

    target: str
    headers: dict
    body: bytes


class Receiver(http.server.ThreadingHTTPServer):
    """Counts whoever connects, keeps what is sent, and answers with the ``statuses`` in turn."""

    address_family = socket.AF_INET6
    daemon_threads = True

    def __init__(self, context):
        self.context, self.accepted, self.requests = context, 0, []
        self.statuses, self.headers, self.act = [], {}, None
        super().__init__(("::", 0), Handler)

    def server_bind(self):
        # Also IPv4, and IPv4 written as IPv6.
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()

    def get_request(self):
        raw, where = super().get_request()
        self.accepted += 1
        return raw, where

    def finish_request(self, raw, where):
        with contextlib.suppress(OSError):
            if self.act:
                self.act(raw)
            else:
                with self.secured(raw) as tls:
                    super().finish_request(tls, where)

    @contextlib.contextmanager
    def secured(self, raw):
        """The same connection with TLS, closed in the end."""
        tls = self.context.wrap_socket(raw, server_side=True)
        try:
            yield tls
        finally:
            with contextlib.suppress(OSError):
                tls.unwrap()
            tls.close()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def address(self) -> str:
        return f"https://{HOST}:{self.port}/in?from=tracker"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(Received(self.path, dict(self.headers), body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


@dataclass
class Resolver:
    """A stand-in for the names of the network: the numbers it gives, one answer after another."""

    answers: list[list[str]]
    asked: int = field(default=0)

    def __call__(self, host, port, **options):
        numbers = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [_entry(number, port) for number in numbers]


def _entry(number, port):
    if ":" in number:
        return socket.AF_INET6, socket.SOCK_STREAM, 6, "", (number, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)


@contextlib.contextmanager
def receiving(name=HOST):
    """A receiver that runs, and the way that leads to it (this machine counts as public there)."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    server = Receiver(context)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server, Way(Resolver([["127.0.0.1"]]), lambda number: True, lambda: trusting)
    finally:
        server.shutdown()
        server.server_close()
