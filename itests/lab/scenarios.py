# SPDX-License-Identifier: Apache-2.0
"""What a scripted client does to a server that runs plans/kea-dhcp6.conf. Each function is one scenario with a client of its
own; every question asked through the session is recorded with its answer."""
import struct

import dhcp6
from dhcp6 import (CONFIRM, DECLINE, INFORMATION_REQUEST, REBIND, RELEASE, RENEW, REQUEST, SOLICIT, RAPID_COMMIT, elapsed,
                   ia_addr, ia_na, ia_pd, ia_prefix, oro)
from scripted_client import duid_ll, granted, mac, packed, server_id

SCENARIOS = []
WRONG_SERVER = dhcp6.SERVERID, bytes.fromhex("000300010203040506ff")
RAPID = RAPID_COMMIT, b""
PEER = "fe80::aa:1"


def scenario(function):
    SCENARIOS.append(function)
    return function


def port(text):
    return dhcp6.INTERFACE_ID, text.encode()


def hops(link, *options):
    return [(link, PEER, options)]


@scenario
def solicit_for_an_address(s):
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def solicit_for_a_prefix(s):
    s.ask(SOLICIT, ia_pd(1), elapsed())


@scenario
def solicit_without_ia(s):
    s.ask(SOLICIT, elapsed())


@scenario
def address_and_prefix_in_four_messages(s):
    s.lease(ia_na(1), ia_pd(2))


@scenario
def same_client_solicits_again(s):
    s.lease(ia_na(1), ia_pd(2))
    s.ask(SOLICIT, ia_na(1), ia_pd(2), elapsed())


@scenario
def two_ias_of_each_kind(s):
    s.lease(ia_na(1), ia_na(2), ia_pd(1), ia_pd(2))


@scenario
def rapid_commit_where_allowed(s):
    s.relay(hops("2001:db8:b::1"))
    s.ask(SOLICIT, RAPID, ia_na(1), ia_pd(1), elapsed())


@scenario
def rapid_commit_where_not_allowed(s):
    s.ask(SOLICIT, RAPID, ia_na(1), elapsed())


@scenario
def solicit_with_server_id(s):
    s.ask(SOLICIT, WRONG_SERVER, ia_na(1), elapsed())


@scenario
def solicit_without_client_id(s):
    s.ask(SOLICIT, ia_na(1), elapsed(), client_id=False)


@scenario
def request_to_another_server(s):
    s.ask(REQUEST, WRONG_SERVER, ia_na(1), elapsed())


@scenario
def request_without_server_id(s):
    s.ask(REQUEST, ia_na(1), elapsed())


@scenario
def request_without_solicit(s):
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr("2001:db8:a::1080")]), elapsed())


@scenario
def request_off_link_address(s):
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def renew(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def renew_to_another_server(s):
    reply = s.lease(ia_na(1))
    s.ask(RENEW, WRONG_SERVER, *granted(reply), elapsed())


@scenario
def renew_without_binding(s):
    s.ask(RENEW, s.server(), ia_na(7, [ia_addr("2001:db8:a::10f0", 100, 200)]), elapsed())


@scenario
def renew_empty_ia_without_binding(s):
    s.ask(RENEW, s.server(), ia_na(7), elapsed())


@scenario
def renew_prefix_without_binding(s):
    s.ask(RENEW, s.server(), ia_pd(7, [ia_prefix("2001:db8:a0ff::/56", 100, 200)]), elapsed())


@scenario
def renew_with_an_off_link_address_too(s):
    reply = s.lease(ia_na(1))
    own = dhcp6.ias(reply)[0].leases[0][0]
    s.ask(RENEW, server_id(reply), ia_na(1, [ia_addr(own, 1, 2), ia_addr("2001:db8:7777::1", 1, 2)]), elapsed())


@scenario
def renew_adds_a_prefix(s):
    reply = s.lease(ia_na(1))
    s.ask(RENEW, server_id(reply), *granted(reply), ia_pd(2), elapsed())


@scenario
def rebind(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(REBIND, *granted(reply), elapsed())


@scenario
def rebind_without_binding_on_link(s):
    s.ask(REBIND, ia_na(7, [ia_addr("2001:db8:a::10e0", 100, 200)]), elapsed())


@scenario
def rebind_without_binding_off_link(s):
    s.ask(REBIND, ia_na(7, [ia_addr("2001:db8:7777::1", 100, 200)]), elapsed())


@scenario
def rebind_with_server_id(s):
    reply = s.lease(ia_na(1))
    s.ask(REBIND, server_id(reply), *granted(reply), elapsed())


@scenario
def confirm_on_link(s):
    reply = s.lease(ia_na(1))
    s.ask(CONFIRM, *granted(reply), elapsed())


@scenario
def confirm_off_link(s):
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def confirm_without_addresses(s):
    s.ask(CONFIRM, ia_na(1), elapsed())


@scenario
def decline_and_ask_again(s):
    reply = s.lease(ia_na(1))
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def decline_without_binding(s):
    s.ask(DECLINE, s.server(), ia_na(7, [ia_addr("2001:db8:a::10d0")]), elapsed())


@scenario
def release_and_ask_again(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())
    s.ask(SOLICIT, ia_na(1), ia_pd(2), elapsed())


@scenario
def release_twice(s):
    reply = s.lease(ia_na(1))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def release_of_another_clients_address(s):
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def information_request(s):
    s.ask(INFORMATION_REQUEST, oro(23, 24, 32), elapsed())


@scenario
def information_request_without_client_id(s):
    s.ask(INFORMATION_REQUEST, oro(23), elapsed(), client_id=False)


@scenario
def information_request_with_ia(s):
    s.ask(INFORMATION_REQUEST, ia_na(1), oro(23), elapsed())


@scenario
def information_request_to_another_server(s):
    s.ask(INFORMATION_REQUEST, WRONG_SERVER, oro(23), elapsed())


@scenario
def hint_of_a_free_address(s):
    s.lease(ia_na(1, [ia_addr("2001:db8:a::10aa")]))


@scenario
def hint_outside_the_pools(s):
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:a::dead")]), elapsed())


@scenario
def hint_of_a_taken_address(s):
    reply = s.lease(ia_na(1))
    taken = dhcp6.ias(reply)[0].leases[0][0]
    s.become_another_client()
    s.ask(SOLICIT, ia_na(1, [ia_addr(taken)]), elapsed())


@scenario
def hint_of_a_free_prefix(s):
    s.lease(ia_pd(1, [ia_prefix("2001:db8:a0aa::/56")]))


@scenario
def hint_of_a_prefix_length(s):
    s.relay(hops("2001:db8:f::1"))
    s.ask(SOLICIT, ia_pd(1, [ia_prefix("::/60")]), elapsed())


@scenario
def hint_of_the_other_prefix_length(s):
    s.relay(hops("2001:db8:f::1"))
    s.ask(SOLICIT, ia_pd(1, [ia_prefix("::/56")]), elapsed())


@scenario
def hint_of_a_longer_prefix_than_any(s):
    s.relay(hops("2001:db8:f::1"))
    s.ask(SOLICIT, ia_pd(1, [ia_prefix("::/62")]), elapsed())


@scenario
def no_hint_of_a_prefix_length(s):
    s.relay(hops("2001:db8:f::1"))
    s.ask(SOLICIT, ia_pd(1), elapsed())


@scenario
def reserved_by_duid(s):
    s.client.duid = duid_ll(0x9901)
    reply = s.lease(ia_na(1), ia_pd(2), oro(23, 39))
    s.ask(RENEW, server_id(reply), *granted(reply), oro(23), elapsed())


@scenario
def reserved_by_hardware_address(s):
    s.relay(hops("2001:db8:b::1", (dhcp6.CLIENT_LINKLAYER, b"\x00\x01" + mac(0x9902))))
    s.lease(ia_na(1))


@scenario
def reserved_options_only(s):
    s.relay(hops("2001:db8:b::1"))
    s.client.duid = duid_ll(0x9903)
    s.ask(SOLICIT, ia_na(1), oro(23, 24), elapsed())


@scenario
def reserved_address_asked_by_a_stranger(s):
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:a::99")]), elapsed())


@scenario
def options_standard(s):
    s.ask(SOLICIT, ia_na(1), oro(23, 24, 31), elapsed())


@scenario
def options_of_our_own(s):
    s.ask(SOLICIT, ia_na(1), oro(1000, 1001), elapsed())


@scenario
def options_of_a_vendor(s):
    s.ask(SOLICIT, ia_na(1), oro(17), elapsed())


@scenario
def options_of_a_vendor_by_number(s):
    wanted = struct.pack("!IHHHH", 4491, 1, 4, 32, 33)
    s.ask(SOLICIT, ia_na(1), (dhcp6.VENDOR_OPTS, wanted), oro(17), elapsed())


@scenario
def options_of_a_vendor_named_only(s):
    s.ask(SOLICIT, ia_na(1), (dhcp6.VENDOR_CLASS, struct.pack("!IH", 4491, 3) + b"lab"), oro(23), elapsed())


@scenario
def options_of_a_vendor_listed_only(s):
    s.ask(SOLICIT, ia_na(1), (dhcp6.VENDOR_OPTS, struct.pack("!IHHHH", 4491, 1, 4, 32, 33)), oro(23), elapsed())


@scenario
def options_of_another_vendor(s):
    s.ask(SOLICIT, ia_na(1), (dhcp6.VENDOR_OPTS, struct.pack("!IHHH", 9, 1, 2, 32)), oro(17), elapsed())


@scenario
def options_unknown_or_not_configured(s):
    s.ask(SOLICIT, ia_na(1), oro(4999, 21, 22), (4998, b"who knows"), elapsed())


@scenario
def options_of_the_pool(s):
    s.relay(hops("2001:db8:b::1"))
    s.lease(ia_na(1), oro(23))


@scenario
def options_in_request_and_renew(s):
    reply = s.lease(ia_na(1), oro(23, 1000))
    s.ask(REQUEST, server_id(reply), *granted(reply), oro(23, 1000), elapsed())
    s.ask(RENEW, server_id(reply), *granted(reply), oro(24), elapsed())


@scenario
def prefix_exclude(s):
    s.relay(hops("2001:db8:b::1"))
    s.ask(SOLICIT, ia_pd(1, [ia_prefix("2001:db8:b000::/56")]), oro(67), elapsed())


@scenario
def relayed_with_port_and_remote_id(s):
    s.relay(hops("2001:db8:b::1", port("ge-0/0/1"), (dhcp6.REMOTE_ID, b"\x00\x00\x11\x8bline-9")))
    s.lease(ia_na(1), ia_pd(2))


@scenario
def relayed_chosen_by_port(s):
    s.relay(hops("2001:db8:7777::1", port("port-7")))
    s.lease(ia_na(1))


@scenario
def relayed_chosen_by_relay_address(s):
    s.relay(hops("2001:db8:eeee::1"))
    s.lease(ia_na(1))


@scenario
def relayed_twice(s):
    s.relay([("2001:db8:b::1", PEER, [port("inner")]), ("::", "2001:db8:ffff::99", [port("outer")])])
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def relayed_eight_times(s):
    s.relay([("2001:db8:b::1", PEER, [port("0")])] + [("::", f"2001:db8:ffff::{n:x}", [port(str(n))]) for n in range(1, 8)])
    s.lease(ia_na(1))


@scenario
def relayed_from_another_port(s):
    s.relay(hops("2001:db8:b::1", (135, b"\x00\x00")), port=10547)
    s.lease(ia_na(1))


@scenario
def relayed_from_an_unknown_link(s):
    s.relay(hops("2001:db8:7777::1"))
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relayed_confirm_off_link(s):
    s.relay(hops("2001:db8:b::1"))
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:a::1000")]), elapsed())


@scenario
def moved_to_another_link_renews(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.relay(hops("2001:db8:b::1"))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def temporary_address(s):
    s.ask(SOLICIT, (dhcp6.IA_TA, struct.pack("!I", 1)), elapsed())


@scenario
def nothing_left(s):
    s.relay(hops("2001:db8:d::1"))
    for _ in range(3):
        s.lease(ia_na(1), ia_pd(2))
        s.become_another_client()


@scenario
def nothing_left_for_a_request(s):
    s.relay(hops("2001:db8:d::1"))
    s.ask(REQUEST, s.server(), ia_na(1), ia_pd(2), elapsed())
