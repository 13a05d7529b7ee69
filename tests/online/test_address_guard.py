"""Which addresses are public."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from newslint.config.online import fault
from newslint.online.address_guard import Guard, public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
        "2002:a00:1::1", "2001:0:7f00:1::", "2002:101:101::1", "2001:0:101:101::1",
        "192.0.0.192", "192.0.0.8", "192.0.0.170", "192.88.99.1", "203.0.113.7", "198.51.100.1",
        "168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::c000:c0", "64:ff9b:1::1", "100::1",
        "100:0:0:1::1", "2001:2::1", "2001:10::1", "3fff::1", "3fff:fff::1", "5f00::1", "4000::1",
        "::ffff:0:7f00:1", "239.1.2.3",
    ],
)  # fmt: skip
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not public(ip_address(address))
    assert not Guard().allows("a.cn", address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101",
        "192.0.0.9", "192.0.0.10", "192.0.1.1", "168.63.129.17", "223.255.255.255", "9.255.255.255",
        "2001:1::1", "2001:4:112::1", "2001:20::1", "2001:200::1", "2620:4f:8000::1",
        "3ffe::1", "2001:db7::1",
    ],
)  # fmt: skip
def test_what_is_public_is_allowed(address: str) -> None:
    assert Guard().allows("a.cn", address)


def test_networks_and_hosts_may_be_allowed_and_no_others() -> None:
    guard = Guard(["10.0.0.0/8", "fd00::/8", "192.168.1.1", "intranet.example"])
    assert guard.allows("x", "10.1.2.3")
    assert guard.allows("x", "::ffff:10.1.2.3")
    assert guard.allows("x", "fd00::1")
    assert guard.allows("x", "192.168.1.1")
    assert guard.allows("www.Intranet.example.", "127.0.0.1")
    assert not guard.allows("x", "192.168.1.2")
    assert not guard.allows("notintranet.example", "127.0.0.1")
    assert not guard.allows("fe80::1%eth0", "fe80::1%eth0")


@pytest.mark.parametrize("word", ["10.0.0.0/33", "", "a b", "10.0.0", "http://a.cn", "*.a.cn"])
def test_what_is_neither_network_nor_host_is_said(word: str) -> None:
    assert fault(word)


@pytest.mark.parametrize("word", ["10.0.0.0/8", "::1", "fd00::/8", "localhost", "a-b.example"])
def test_networks_and_hosts_are_right(word: str) -> None:
    assert fault(word) is None
