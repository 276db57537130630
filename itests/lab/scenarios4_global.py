# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp4-global.conf, where what others have in a subnet stands at the top; see scenarios4.py."""
import dhcp4
from dhcp4 import DISCOVER, REQUEST, requested, wanted
from scripted_client4 import mac

SCENARIOS = []


def scenario(function):
    SCENARIOS.append(function)
    return function


@scenario
def global_client_id_is_not_echoed(s):
    s.client.client_id = b"\x01" + mac(s.number)
    s.lease()


@scenario
def global_authoritative_stranger(s):
    s.ask(REQUEST, requested("10.1.0.90"))


@scenario
def global_authoritative_wrong_link(s):
    s.ask(REQUEST, requested("192.0.2.9"))


@scenario
def global_client_id_does_not_count(s):
    s.client.client_id = b"\x01" + mac(s.number)
    s.lease()
    s.client.client_id = b"\x02" + mac(s.number)
    s.ask(DISCOVER)


@scenario
def global_boot_fields(s):
    s.ask(DISCOVER, wanted(66, 67))


@scenario
def global_renewal_of_a_stranger(s):
    s.be_host("10.1.0.91")
    s.ask(REQUEST, ciaddr="10.1.0.91")


@scenario
def global_lease_without_renewal_times(s):
    s.lease()


@scenario
def global_host_name(s):
    s.ask(DISCOVER, (dhcp4.HOST_NAME, b"desk"), wanted(12))
