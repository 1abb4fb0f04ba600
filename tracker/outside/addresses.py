"""Which addresses may be called: https, a host by name, and only what lies in the open network."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

#: What an address is written with; everything else is written as %xx.
PLAIN = re.compile(r"[!#-;=?-\[\]_a-z~]+")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
#: The last part of a name begins with a letter, so that no spelling of a number is a name.
HOST = re.compile(rf"(?:{LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
LONGEST_HOST = 253
#: All addresses of IPv6 that anybody was given in the open network.
GIVEN = ipaddress.ip_network("2000::/3")
#: Addresses of IPv6 that lead to one of IPv4, and how far its 32 bits stand from the right.
EMBEDDING = (
    (ipaddress.ip_network("::ffff:0:0/96"), 0),
    (ipaddress.ip_network("64:ff9b::/96"), 0),
    (ipaddress.ip_network("2002::/16"), 80),
)
#: Tunnels that lead to whoever their address names: never called.
TUNNELS = (ipaddress.ip_network("2001::/32"),)


@dataclass(frozen=True)
class Address:
    """What of an address is needed to call it."""

    host: str
    port: int
    target: str


def read_address(text: str) -> Address:
    """The parts of an address that may be called; raises ``ValueError`` with how to mend it."""
    if not PLAIN.fullmatch(text):
        raise ValueError(_("Write the address without spaces, and other letters as %xx or xn--."))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as error:
        raise ValueError(_("Write an address such as https://hooks.example.org/in.")) from error
    if parts.scheme != "https":
        raise ValueError(_("Give an address that begins with https://."))
    if "@" in parts.netloc or "#" in text:
        raise ValueError(_("Leave out user name, password and what follows #."))
    if not HOST.fullmatch(host) or len(host) > LONGEST_HOST:
        raise ValueError(_("Name a host, such as hooks.example.org; a number is none."))
    if port not in settings.WEBHOOK_PORTS:
        ports = ", ".join(map(str, settings.WEBHOOK_PORTS))
        raise ValueError(_("Only these ports are called from here: %(ports)s.") % {"ports": ports})
    if settings.WEBHOOK_HOSTS and host not in settings.WEBHOOK_HOSTS:
        raise ValueError(_("This installation calls only hosts that its administrator has listed."))
    return Address(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_public(number: str) -> bool:
    """Whether this IP address belongs to the open network, and not to anything inside."""
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if address.version == 4:
        return address.is_global and not address.is_multicast
    for network, bits in EMBEDDING:
        if address in network:
            inner = ipaddress.IPv4Address((int(address) >> bits) & 0xFFFFFFFF)
            return is_public(str(inner))
    if address in GIVEN and not any(address in tunnel for tunnel in TUNNELS):
        return address.is_global
    return False
