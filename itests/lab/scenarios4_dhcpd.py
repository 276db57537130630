# SPDX-License-Identifier: Apache-2.0
"""The scenarios of scenarios4.py about who gets a NAK, who gets nothing, and what else ends or moves a lease, with all options
asked for that plans/dhcpd.conf and plans/dhcpd-compare.json have: dhcpd sends what is asked for, and little besides."""
import dhcp4
from dhcp4 import REQUEST, requested
from scenarios4 import SCENARIOS as ALL
from scripted_client4 import mac

RULES = ("init_reboot", "selecting", "renewing", "rebinding", "moved", "request_", "release", "decline",
         "not_authoritative", "lease_time_where", "inform", "four_messages", "asks_for")
OURS = []


def scenario(function):
    OURS.append(function)
    return function


@scenario
def init_reboot_of_a_reserved_client_with_a_pool_address(s):
    s.client.hardware = mac(0x9901)
    s.ask(REQUEST, requested("10.1.0.70"))


@scenario
def init_reboot_of_a_reserved_client(s):
    s.client.hardware = mac(0x9901)
    s.ask(REQUEST, requested("10.1.0.201"))


@scenario
def init_reboot_for_a_reserved_address_where_authoritative(s):
    s.relay("10.20.6.1")
    s.ask(REQUEST, requested("10.20.6.200"))


@scenario
def init_reboot_after_release_where_authoritative(s):
    s.relay("10.20.6.1")
    address = s.lease().yiaddr
    s.tell(dhcp4.RELEASE, s.server(), ciaddr=address)
    s.ask(REQUEST, requested(address))


@scenario
def init_reboot_for_anothers_address_where_authoritative(s):
    s.relay("10.20.6.1")
    address = s.lease().yiaddr
    s.become_another_client()
    s.ask(REQUEST, requested(address))


@scenario
def rebinding_of_a_stranger_where_authoritative(s):
    s.relay("10.20.6.1")
    s.ask(REQUEST, ciaddr="10.20.6.66")


@scenario
def rebinding_of_a_stranger(s):
    s.relay("10.20.2.1")
    s.ask(REQUEST, ciaddr="10.20.2.130")


@scenario
def rebinding_on_the_wrong_link_where_authoritative(s):
    address = s.lease().yiaddr
    s.relay("10.20.6.1")
    s.ask(REQUEST, ciaddr=address)


def asking_for_everything(function):
    def with_parameter_list(s):
        s.always = [dhcp4.wanted(1, 3, 6, 51, 54, 58, 59)]
        function(s)
    with_parameter_list.__name__ = function.__name__
    return with_parameter_list


SCENARIOS = [asking_for_everything(f) for f in [s for s in ALL if s.__name__.startswith(RULES)] + OURS]
