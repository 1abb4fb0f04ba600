"""Nothing inside is reached (promise C6): 0 connections, counted at a server that would answer."""

import socket
import time
from dataclasses import replace

import pytest

from tests.webhooks.receiver import HOST, Resolver, receiving
from tracker.outside import post as module
from tracker.outside.addresses import is_public, read_address
from tracker.outside.post import NotSent, Way, post

#: By what they are; each leads, or could lead, to something inside.
INSIDE = {
    "loopback": "127.0.0.1",
    "loopback, elsewhere in its network": "127.8.9.1",
    "this host": "0.0.0.0",  # noqa: S104 (not bound to)
    "RFC 1918, 10": "10.0.0.1",
    "RFC 1918, 172": "172.16.3.4",
    "RFC 1918, 192": "192.168.1.1",
    "link-local, where clouds tell secrets": "169.254.169.254",
    "shared by carriers": "100.64.0.1",
    "documentation": "192.0.2.1",
    "benchmarks": "198.18.0.1",
    "multicast": "224.0.0.251",
    "multicast, global": "233.252.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "v6 loopback": "::1",
    "v6 unspecified": "::",
    "v6 link-local": "fe80::1",
    "v6 link-local with zone": "fe80::1%lo",
    "v6 unique local": "fd00::1",
    "v6 site-local": "fec0::1",
    "v6 multicast": "ff02::1",
    "v6 documentation": "2001:db8::1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped private": "::ffff:10.0.0.1",
    "compatible loopback": "::127.0.0.1",
    "NAT64 of loopback": "64:ff9b::7f00:1",
    "NAT64 of a private network": "64:ff9b:1::a00:1",
    "6to4 of loopback": "2002:7f00:1::1",
    "6to4 of a private network": "2002:c0a8:101::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "no number": "localhost",
}
OUTSIDE = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.fixture
def called(monkeypatch):
    """Every address that a socket of ours was to connect to."""
    seen, connect = [], socket.socket.connect

    def noting(self, where):
        seen.append(where)
        return connect(self, where)

    monkeypatch.setattr(socket.socket, "connect", noting)
    return seen


@pytest.mark.parametrize("number", INSIDE.values(), ids=INSIDE)
def test_nothing_inside_is_connected_to(receiver, called, number):
    way = replace(receiver.way, resolve=Resolver([[number]]), is_public=is_public)
    with pytest.raises(NotSent, match="address"):
        post(read_address(receiver.address), b"{}", {}, way=way)
    assert (called, receiver.accepted) == ([], 0)


@pytest.mark.parametrize("number", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_server_would_have_answered_there(receiver, number):
    way = replace(receiver.way, resolve=Resolver([[number]]))
    assert post(read_address(receiver.address), b"{}", {}, way=way) == 204
    assert receiver.accepted == 1


@pytest.mark.parametrize("number", OUTSIDE)
def test_what_lies_in_the_open_network_may_be_called(number):
    assert is_public(number)


@pytest.mark.parametrize("inside", ["127.0.0.1", "::1", "10.1.2.3"])
@pytest.mark.parametrize("first", [True, False])
def test_one_address_inside_is_enough_to_call_none(receiver, called, inside, first):
    numbers = [inside, "8.8.8.8"] if first else ["8.8.8.8", "2606:4700::1111", inside]
    way = replace(receiver.way, resolve=Resolver([numbers]), is_public=is_public)
    with pytest.raises(NotSent, match="address"):
        post(read_address(receiver.address), b"{}", {}, way=way)
    assert (called, receiver.accepted) == ([], 0)


def test_the_address_that_was_checked_is_the_one_that_is_called(receiver, monkeypatch):
    """Rebinding: the name leads inside as soon as it is asked for again."""
    called = []

    def refuse(self, where):
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    resolver = Resolver([["8.8.8.8"], ["127.0.0.1"]])
    way = replace(receiver.way, resolve=resolver, is_public=is_public)
    with pytest.raises(NotSent, match="connect"):
        post(read_address(receiver.address), b"{}", {}, way=way)
    assert (called, resolver.asked, receiver.accepted) == ([("8.8.8.8", receiver.port)], 1, 0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver, status):
    with receiving() as (inner, _way):
        receiver.statuses, receiver.headers = [status], {"Location": inner.address}
        assert post(read_address(receiver.address), b"{}", {}, way=receiver.way) == status
        assert (receiver.accepted, inner.accepted) == (1, 0)


def test_no_proxy_of_the_environment_is_asked(receiver, monkeypatch):
    with receiving() as (proxy, _way):
        for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert post(read_address(receiver.address), b"{}", {}, way=receiver.way) == 204
        assert proxy.accepted == 0


def test_a_certificate_of_another_name_is_refused(settings):
    with receiving("other.example.org") as (server, way):
        settings.WEBHOOK_PORTS = [server.port]
        with pytest.raises(NotSent, match="tls"):
            post(read_address(server.address), b"secret", {}, way=way)
        assert server.requests == []


def test_a_certificate_that_nobody_trusts_is_refused(receiver):
    way = replace(receiver.way, context=Way().context)
    with pytest.raises(NotSent, match="tls"):
        post(read_address(receiver.address), b"secret", {}, way=way)
    assert receiver.requests == []


def silent(raw):
    time.sleep(3)


def dripping(raw):
    """A byte now and then, so that no single wait is long."""
    for _each in range(30):
        raw.sendall(b"\x16")
        time.sleep(0.1)


@pytest.mark.parametrize("act", [silent, dripping])
def test_nobody_keeps_us_longer_than_that(receiver, act):
    receiver.act = act
    start = time.monotonic()
    with pytest.raises(NotSent):
        post(read_address(receiver.address), b"{}", {}, way=replace(receiver.way, total=0.5))
    assert time.monotonic() - start < 1.5


def test_headers_that_drip_are_cut_too(receiver):
    def act(raw):
        with receiver.secured(raw) as tls:
            tls.recv(4096)
            for _each in range(30):
                tls.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                time.sleep(0.1)

    receiver.act, start = act, time.monotonic()
    with pytest.raises(NotSent, match="timeout"):
        post(read_address(receiver.address), b"{}", {}, way=replace(receiver.way, total=0.6))
    assert time.monotonic() - start < 1.6


def test_an_answer_without_end_is_not_read(receiver):
    sent = []

    def act(raw):
        with receiver.secured(raw) as tls:
            tls.recv(4096)
            tls.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
            for _each in range(1000):
                tls.sendall(b"x" * 65536)
                sent.append(65536)

    receiver.act = act
    assert post(read_address(receiver.address), b"{}", {}, way=receiver.way) == 200
    time.sleep(0.2)
    assert sum(sent) < 20_000_000


def test_what_is_no_http_and_nobody_there(receiver, settings):
    def act(raw):
        with receiver.secured(raw) as tls:
            tls.recv(4096)
            tls.sendall(b"hm\n")

    receiver.act = act
    with pytest.raises(NotSent, match="broken"):
        post(read_address(receiver.address), b"{}", {}, way=receiver.way)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.WEBHOOK_PORTS = [free.getsockname()[1]]
        with pytest.raises(NotSent, match="connect"):
            address = f"https://{HOST}:{settings.WEBHOOK_PORTS[0]}/"
            post(read_address(address), b"{}", {}, way=receiver.way)


def test_a_name_that_nobody_has(receiver):
    def nobody(host, port, **options):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(NotSent, match="address"):
        post(read_address(receiver.address), b"{}", {}, way=replace(receiver.way, resolve=nobody))


@pytest.mark.parametrize(
    "text",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "hooks.example.org",
        "https://",
        "https:///in",
        "https://user@hooks.example.org/",
        "https://user:word@hooks.example.org/",
        "https://hooks.example.org@127.0.0.1/",
        "https://hooks.example.org/#in",
        "https://hooks.example.org:8443/",
        "https://hooks.example.org:port/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org/in side",
        "https://hooks.example.org\\@127.0.0.1/",
        "https://hooks.example.org/\r\nHost: other",
        "https://hooks.example.org/\x00",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.0x1/",
        "https://[::1]/",
        "https://hooks.example.org./",
        "https://höoks.example.org/",
        "https://-hooks.example.org/",
        f"https://{'a' * 64}.example.org/",
        f"https://{'a.' * 130}org/",
    ],
)
def test_what_is_no_address_to_call(text):
    with pytest.raises(ValueError, match=r"\w{3}.*\.$"):
        read_address(text)


def test_an_address_is_read_in_its_parts(settings):
    read = read_address("https://Hooks.Example.org:443/in%20side?key=a&b=%C3%A9")
    assert (read.host, read.port) == ("hooks.example.org", 443)
    assert read.target == "/in%20side?key=a&b=%C3%A9"
    assert read_address("https://hooks.example.org?a=1").target == "/?a=1"
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]
    read_address("https://hooks.example.org/")
    with pytest.raises(ValueError, match="listed"):
        read_address("https://a.hooks.example.org/")


def test_the_open_network_is_reached_as_it_is():
    """Nothing of the way is a stand-in outside of tests."""
    way = module.WAY
    assert (way.resolve, way.is_public) == (socket.getaddrinfo, is_public)
    assert way.context().check_hostname and way.total == module.TOTAL
