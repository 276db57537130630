# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp4-early.conf: reservations come before the subnet; see scenarios4.py."""
import struct

import dhcp4
from dhcp4 import DISCOVER, REQUEST, requested, wanted
from scripted_client4 import mac

SCENARIOS = []
ASKED = wanted(12, 230)


def scenario(function):
    SCENARIOS.append(function)
    return function


@scenario
def early_class_of_a_reservation_chooses_the_subnet(s):
    s.client.hardware = mac(0x9981)
    address = s.lease(ASKED).yiaddr
    s.ask(REQUEST, requested(address), ASKED)


@scenario
def early_reservation_without_a_class(s):
    s.client.hardware = mac(0x9982)
    s.lease(ASKED)


@scenario
def early_stranger(s):
    s.lease(ASKED)


@scenario
def early_class_of_a_reservation_drops(s):
    s.client.hardware = mac(0x9981)
    s.ask(DISCOVER, (77, b"x"))
    s.become_another_client()
    s.ask(DISCOVER, (77, b"x"))


@scenario
def compatible_with_a_vendor_class_that_is_cut(s):
    s.ask(DISCOVER, (dhcp4.VIVCO, struct.pack("!IB", 4491, 9) + b"abc"))
