# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp4-levels.conf: what holds where; see scenarios4.py."""
import struct

import dhcp4
from dhcp4 import DISCOVER, INFORM, REQUEST, lease_time, requested, wanted
from scenarios4 import identifier
from scripted_client4 import mac

SCENARIOS = []
ASKED = wanted(12, *range(230, 234))


def scenario(function):
    SCENARIOS.append(function)
    return function


def reserved(s, number, client):
    s.relay(f"10.20.{number}.1")
    s.client.hardware = mac(client)
    address = s.lease(ASKED).yiaddr
    s.ask(REQUEST, requested(address), ASKED)


@scenario
def level_reserved_out_of_the_pools(s):
    reserved(s, 40, 0x9961)


@scenario
def level_reserved_address_out_of_the_pools_for_a_stranger(s):
    s.relay("10.20.40.1")
    s.lease(requested("10.20.40.61"))


@scenario
def level_reserved_in_a_subnet_that_is_not_looked_at(s):
    reserved(s, 41, 0x9962)


@scenario
def level_reserved_globally_and_in_the_subnet(s):
    reserved(s, 42, 0x9951)


@scenario
def level_reserved_globally_only(s):
    reserved(s, 42, 0x9952)


@scenario
def level_reserved_globally_where_not_looked_up(s):
    reserved(s, 46, 0x9952)


@scenario
def level_older_word_out_of_pool(s):
    reserved(s, 43, 0x9964)


@scenario
def level_older_word_disabled(s):
    reserved(s, 44, 0x9965)


@scenario
def level_older_word_global(s):
    reserved(s, 45, 0x9953)


@scenario
def level_older_word_global_not_in_the_subnet(s):
    reserved(s, 45, 0x9966)


@scenario
def level_identifiers_in_their_order(s):
    s.relay("10.20.46.1")
    s.client.hardware = mac(0x9971)
    s.client.client_id = identifier(0x9972)
    s.ask(DISCOVER)
    s.relay("10.20.46.1", (1, b"port-7"))
    s.ask(DISCOVER)


@scenario
def level_identifier_that_comes_last(s):
    reserved(s, 46, 0x9971)


@scenario
def level_lifetimes_of_the_whole_plan(s):
    s.relay("10.20.46.1")
    s.lease(ASKED)


@scenario
def level_lifetimes_of_the_whole_plan_wished(s):
    s.relay("10.20.46.1")
    for seconds in (10, 1800, 90000):
        s.ask(DISCOVER, lease_time(seconds))
        s.become_another_client()


@scenario
def level_lifetimes_of_a_network_and_of_a_subnet(s):
    s.relay("10.20.48.1")
    for _ in range(2):
        s.lease(ASKED)
        s.become_another_client()


@scenario
def level_lifetimes_of_a_network_wished(s):
    s.relay("10.20.49.1")
    for seconds in (10, 700, 90000):
        s.ask(DISCOVER, lease_time(seconds))
        s.become_another_client()


@scenario
def level_t1_that_is_said_beats_t1_that_is_computed(s):
    s.relay("10.20.47.1")
    s.lease()


@scenario
def level_always_sent_of_pools(s):
    s.relay("10.20.47.1")
    s.ask(DISCOVER)


@scenario
def level_always_sent_of_a_reservation(s):
    reserved(s, 47, 0x9974)
    s.client.path.fits = lambda datagram: True
    s.lab.core.addresses["10.20.47.74"] = s.lab.relay_hardware
    s.ask(INFORM, ciaddr="10.20.47.74")


@scenario
def level_options_within_options(s):
    s.relay("10.20.50.1")
    s.ask(DISCOVER, wanted(222))


@scenario
def level_options_within_options_of_vendors(s):
    s.relay("10.20.50.1")
    for options in ([wanted(43)], [(dhcp4.VIVSO, struct.pack("!IBBBB", 4491, 3, 1, 1, 7)), wanted(125)],
                    [(dhcp4.VIVCO, struct.pack("!IB", 4491, 3) + b"abc"), wanted(125)]):
        s.ask(DISCOVER, *options)
        s.become_another_client()


@scenario
def level_vendor_class_in_an_answer(s):
    s.relay("10.20.50.1")
    s.ask(DISCOVER, wanted(124))


@scenario
def level_vendor_class_that_is_cut(s):
    s.relay("10.20.50.1")
    s.ask(DISCOVER, (dhcp4.VIVCO, struct.pack("!IB", 4491, 9) + b"abc"))
