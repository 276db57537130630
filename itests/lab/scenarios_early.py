# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp6-early.conf: reservations come before the subnet; see scenarios.py."""
from dhcp6 import INFORMATION_REQUEST, SOLICIT, elapsed, ia_na, oro
from scripted_client import duid_ll

SCENARIOS = []
ASKED = oro(2000)


def scenario(function):
    SCENARIOS.append(function)
    return function


@scenario
def early_class_of_a_reservation_chooses_the_subnet(s):
    s.client.duid = duid_ll(0x9981)
    s.lease(ia_na(1), ASKED)


@scenario
def early_reservation_without_a_class(s):
    s.client.duid = duid_ll(0x9982)
    s.lease(ia_na(1), ASKED)


@scenario
def early_stranger(s):
    s.lease(ia_na(1), ASKED)


@scenario
def early_information(s):
    s.client.duid = duid_ll(0x9981)
    s.ask(INFORMATION_REQUEST, ASKED, elapsed())


@scenario
def early_class_of_a_reservation_drops(s):
    s.client.duid = duid_ll(0x9981)
    s.ask(SOLICIT, (15, b"\x00\x01x"), ia_na(1), elapsed())
    s.become_another_client()
    s.ask(SOLICIT, (15, b"\x00\x01x"), ia_na(1), elapsed())
