# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp6-levels.conf: what holds where; see scenarios.py."""
import struct

import dhcp6
from dhcp6 import INFORMATION_REQUEST, RAPID_COMMIT, RENEW, SOLICIT, elapsed, ia_addr, ia_na, ia_pd, ia_prefix, oro
from scripted_client import duid_ll, granted, mac, server_id

SCENARIOS = []
PEER = "fe80::aa:1"
ASKED = oro(*range(2000, 2005))


def scenario(function):
    SCENARIOS.append(function)
    return function


def on_link(s, number, *options):
    s.relay([(f"2001:db8:{number}::1", PEER, options)])


def reserved(s, number, client):
    on_link(s, number)
    s.client.duid = duid_ll(client)
    reply = s.lease(ia_na(1), ASKED)
    s.ask(RENEW, server_id(reply), *granted(reply), ASKED, elapsed())


@scenario
def level_reserved_out_of_the_pools(s):
    reserved(s, 30, 0x9961)


@scenario
def level_reserved_address_out_of_the_pools_for_a_stranger(s):
    on_link(s, 30)
    s.lease(ia_na(1, [ia_addr("2001:db8:30::61")]))


@scenario
def level_reserved_in_a_subnet_that_is_not_looked_at(s):
    reserved(s, 31, 0x9962)


@scenario
def level_reserved_globally_and_in_the_subnet(s):
    reserved(s, 32, 0x9951)


@scenario
def level_reserved_globally_only(s):
    reserved(s, 32, 0x9952)


@scenario
def level_reserved_globally_where_not_looked_up(s):
    reserved(s, 36, 0x9952)


@scenario
def level_older_word_out_of_pool(s):
    reserved(s, 33, 0x9964)


@scenario
def level_older_word_disabled(s):
    reserved(s, 34, 0x9965)


@scenario
def level_older_word_global(s):
    reserved(s, 35, 0x9953)


@scenario
def level_older_word_global_not_in_the_subnet(s):
    reserved(s, 35, 0x9966)


@scenario
def level_identifiers_in_their_order(s):
    on_link(s, 36, (dhcp6.CLIENT_LINKLAYER, b"\x00\x01" + mac(0x9971)))
    s.client.duid = duid_ll(0x9972)
    s.lease(ia_na(1))


@scenario
def level_identifier_that_comes_second(s):
    reserved(s, 36, 0x9972)


@scenario
def level_lifetimes_of_the_whole_plan(s):
    on_link(s, 36)
    s.lease(ia_na(1), ASKED)


@scenario
def level_lifetimes_of_the_whole_plan_wished_too_long(s):
    on_link(s, 36)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:36::15", 9000, 9900)]), elapsed())


@scenario
def level_lifetimes_of_the_whole_plan_wished_too_short(s):
    on_link(s, 36)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:36::16", 5, 9)]), elapsed())


@scenario
def level_lifetimes_of_a_network_and_of_a_subnet(s):
    on_link(s, 38)
    for _ in range(2):
        s.lease(ia_na(1), ASKED)
        s.become_another_client()


@scenario
def level_lifetimes_of_a_network_wished(s):
    on_link(s, 39)
    for number, valid in enumerate((100, 700, 3000), 0x15):
        s.ask(SOLICIT, ia_na(1, [ia_addr(f"2001:db8:39::{number:x}", 50, valid)]), elapsed())
        s.become_another_client()


@scenario
def level_rapid_commit_of_a_network(s):
    on_link(s, 39)
    s.ask(SOLICIT, (RAPID_COMMIT, b""), ia_na(1), ASKED, elapsed())


@scenario
def level_t1_that_is_said_beats_t1_that_is_computed(s):
    on_link(s, 37)
    s.lease(ia_na(1), ia_pd(1))


@scenario
def level_always_sent_of_pools(s):
    on_link(s, 37)
    for options in ([ia_na(1)], [ia_pd(1)], [ia_na(1), ia_pd(1, [ia_prefix("::/56")])]):
        s.ask(SOLICIT, *options, elapsed())
        s.become_another_client()


@scenario
def level_always_sent_of_a_reservation(s):
    on_link(s, 37)
    s.client.duid = duid_ll(0x9973)
    s.lease(ia_na(1))
    s.ask(INFORMATION_REQUEST, elapsed())


@scenario
def level_options_within_options(s):
    on_link(s, "3a")
    s.ask(SOLICIT, ia_na(1), oro(2100), elapsed())
    s.ask(INFORMATION_REQUEST, oro(2100), elapsed())


@scenario
def level_options_within_options_of_a_vendor(s):
    on_link(s, "3a")
    s.ask(SOLICIT, ia_na(1), (dhcp6.VENDOR_OPTS, struct.pack("!IHHH", 4491, 1, 2, 7)), elapsed())


@scenario
def level_relay_supplies_what_the_plan_allows(s):
    on_link(s, 36, (66, struct.pack("!HH", 110, 2) + b"ab" + struct.pack("!HH", 120, 1) + b"c" + struct.pack("!HH", 121, 1) + b"d"))
    s.ask(SOLICIT, ia_na(1), oro(110, 120, 121), elapsed())
