# SPDX-License-Identifier: Apache-2.0
"""Scenarios of hints, reservations, options, relays and shortage; see scenarios.py."""
import struct

import dhcp6
from dhcp6 import CONFIRM, RELEASE, RENEW, REQUEST, SOLICIT, elapsed, ia_addr, ia_na, ia_pd, ia_prefix, oro
from scenarios import PEER, hops, port, scenario
from scripted_client import duid_ll, granted, mac, server_id


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
