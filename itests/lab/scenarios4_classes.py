# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp4-classes.conf; see scenarios4.py. A client says who it is in its user class."""
import dhcp4
from dhcp4 import DISCOVER, REQUEST, requested, wanted
from scripted_client4 import mac

SCENARIOS = []
INFORM, RELEASE = 8, 7
ASKED = wanted(43, 230, 232, *range(239, 249))


def scenario(function):
    SCENARIOS.append(function)
    return function


def who(name):
    return [(77, name.encode())] if name else []


def lease(s, name, *options):
    """The usual four messages, with what the client says of itself in both."""
    s.always = who(name)
    offer = s.ask(DISCOVER, *who(name), ASKED, *options)
    if offer is None:
        return None
    return s.ask(REQUEST, requested(offer.yiaddr), s.server(), *who(name), ASKED, *options)


def each(s, *clients):
    for client in clients:
        lease(s, client)
        s.become_another_client()


@scenario
def class_guards_a_subnet_of_a_network(s):
    each(s, "", "red", "blue")


@scenario
def class_guards_pools(s):
    s.relay("10.20.30.1")
    each(s, "", "red", "blue")


@scenario
def class_hint_into_a_pool_of_others(s):
    s.relay("10.20.30.1")
    s.ask(DISCOVER, requested("10.20.30.15"))
    s.ask(DISCOVER, requested("10.20.30.15"), *who("red"))


@scenario
def class_request_of_an_address_of_others(s):
    s.relay("10.20.30.1")
    s.ask(REQUEST, requested("10.20.30.15"), s.server())
    s.become_another_client()
    s.ask(REQUEST, requested("10.20.30.15"))


@scenario
def class_chooses_the_subnet_of_a_relay(s):
    s.relay("10.99.0.5")
    each(s, "red", "blue", "")


@scenario
def class_left_at_renewal(s):
    s.relay("10.20.30.1")
    address = lease(s, "red").yiaddr
    s.client.path.fill = lambda message: None
    s.client.path.source = address
    s.lab.core.addresses[address] = s.lab.relay_hardware
    s.client.path.fits = lambda datagram: datagram.ports[1] in (67, 68)
    s.ask(REQUEST, *who("red"), ASKED, ciaddr=address)
    s.ask(REQUEST, ASKED, ciaddr=address)


@scenario
def class_left_at_discover(s):
    s.relay("10.20.30.1")
    lease(s, "red")
    s.ask(DISCOVER, ASKED)


@scenario
def class_left_at_reboot(s):
    s.relay("10.20.30.1")
    address = lease(s, "red").yiaddr
    s.ask(REQUEST, requested(address), *who("red"))
    s.ask(REQUEST, requested(address))


@scenario
def class_left_with_its_subnet(s):
    address = lease(s, "red").yiaddr
    s.ask(DISCOVER, ASKED)
    s.ask(REQUEST, requested(address))


@scenario
def class_dropped(s):
    s.ask(DISCOVER, *who("drop"))


@scenario
def class_dropped_for_want_of_a_reservation(s):
    s.relay("10.20.31.1")
    s.ask(DISCOVER, *who("late"))
    s.client.hardware = mac(0x9942)
    s.ask(DISCOVER, *who("late"))


@scenario
def class_of_known_and_unknown(s):
    s.relay("10.20.31.1")
    lease(s, "")
    s.client.hardware = mac(0x9942)
    lease(s, "")
    lease(s, "red")


@scenario
def class_of_a_reservation(s):
    s.relay("10.20.31.1")
    s.client.hardware = mac(0x9941)
    lease(s, "")


@scenario
def class_of_a_reservation_beside_others(s):
    s.relay("10.20.31.1")
    s.client.hardware = mac(0x9941)
    s.ask(DISCOVER, *who("red"), ASKED)


@scenario
def class_of_a_reservation_in_a_network(s):
    s.relay("10.20.33.1")
    s.client.hardware = mac(0x9943)
    lease(s, "")


@scenario
def class_reserved_address_in_a_pool_of_others(s):
    s.relay("10.20.31.1")
    s.client.hardware = mac(0x9944)
    address = lease(s, "red").yiaddr
    s.ask(REQUEST, requested(address), ASKED)


@scenario
def class_options_and_boot_fields(s):
    s.relay("10.20.37.1")
    each(s, "", "red", "blue")


@scenario
def class_options_that_nobody_asked_for(s):
    s.relay("10.20.37.1")
    s.ask(DISCOVER, *who("red"))
    s.become_another_client()
    s.ask(DISCOVER, *who("blue"))


@scenario
def class_lifetimes_with_a_wish(s):
    s.relay("10.20.37.1")
    for seconds in (100, 800, 3000):
        s.ask(DISCOVER, *who("red"), dhcp4.lease_time(seconds))
        s.become_another_client()


@scenario
def class_required(s):
    s.relay("10.20.32.1")
    each(s, "", "red", "blue")


@scenario
def class_of_a_vendor(s):
    s.relay("10.20.37.1")
    for name in (b"lab", b"lab\0", b"lab2", b"docsis3.0:x"):
        s.ask(DISCOVER, (60, name), ASKED)
        s.become_another_client()


@scenario
def class_informs(s):
    s.be_host("10.1.1.113")
    s.ask(INFORM, *who("red"), ASKED, ciaddr="10.1.1.113")
    s.ask(INFORM, ASKED, ciaddr="10.1.1.113")
