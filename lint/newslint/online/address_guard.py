"""Decide which addresses newslint may connect to: a post must not reach a private network.

Names are resolved first, the addresses are checked (`public`), and the connection uses the checked
address. So unusual notations (``0x7f.1``, ``::ffff:10.0.0.1``), names of private addresses, and
names that change between check and connection cannot bypass the check.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from newslint.online.special_addresses import is_special

BAD_PORTS = frozenset(
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
        102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389,
        427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
        989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665,
        6666, 6667, 6668, 6669, 6679, 6697, 10080,
    }
)  # fmt: skip
"""Ports that no browser connects to (Fetch standard, 2.9 'Port blocking')."""

_NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses that represent IPv4 addresses on networks with IPv6 only (RFC 6052)."""

Address = IPv4Address | IPv6Address


class Guard:
    """Decides which hosts and addresses may be requested."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """``allow`` are networks (``10.0.0.0/8``) and hosts, including their subdomains."""
        self._networks = []
        self._hosts = []
        for word in allow:
            try:
                self._networks.append(ip_network(word, strict=False))
            except ValueError:
                self._hosts.append(word.lower().strip("."))

    def allows(self, host: str, address: str) -> bool:
        """Return whether a host may be requested at one of its addresses."""
        name = host.lower().strip(".")
        if any(name == one or name.endswith(f".{one}") for one in self._hosts):
            return True
        where = plain(ip_address(address.partition("%")[0]))
        return public(where) or any(where in network for network in self._networks)


def plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address represents, else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def public(address: Address) -> bool:
    """Return whether an address is globally reachable."""
    return not is_special(plain(address))
