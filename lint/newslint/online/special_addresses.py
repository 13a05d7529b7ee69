"""Addresses that are not public, from the IANA registries.

`ipaddress.is_global` differs between Python versions, so newslint has its own table.
Sources, as of November 2025: the IANA IPv4 Special-Purpose Address Registry
(https://www.iana.org/assignments/iana-ipv4-special-registry), the IANA IPv6 Special-Purpose Address
Registry (https://www.iana.org/assignments/iana-ipv6-special-registry; column 'Globally Reachable'),
the IANA IPv4 Multicast registry (224.0.0.0/4), and the IANA IPv6 address space registry, in which
only 2000::/3 is allocated for global unicast.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

_NOT_REACHABLE = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
    224.0.0.0/4 240.0.0.0/4

    2001::/23 2001:db8::/32 2002::/16 3fff::/20
"""
"""Networks that are not globally reachable. 192.88.99.0/24, 2001::/32 (in 2001::/23) and 2002::/16,
for which the registries state neither, are relays and tunnels that are no longer in use."""

_REACHABLE = """
    192.0.0.9/32 192.0.0.10/32

    2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28
"""
"""Subnetworks of those that are reachable nevertheless."""

_UNICAST = IPv6Network("2000::/3")

_OF_CLOUDS = frozenset({IPv4Address("168.63.129.16")})
"""Public addresses of a cloud's internal services: Azure's WireServer
(https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16)."""


@cache
def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(word) for word in text.split())


def is_special(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is not a public address."""
    if address in _OF_CLOUDS or (isinstance(address, IPv6Address) and address not in _UNICAST):
        return True
    if not any(address in network for network in _networks(_NOT_REACHABLE)):
        return False
    return not any(address in network for network in _networks(_REACHABLE))
