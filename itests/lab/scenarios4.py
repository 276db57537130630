# SPDX-License-Identifier: Apache-2.0
"""What a scripted client does to a DHCPv4 server that runs plans/kea-dhcp4.conf: the conversation. Each function is one scenario
with a client of its own; every question asked through the session is recorded with its answer."""
import struct

import dhcp4
from dhcp4 import ACK, BROADCAST_FLAG, DECLINE, DISCOVER, INFORM, REQUEST, RELEASE, lease_time, requested, wanted
from scripted_client4 import granted, mac

SCENARIOS = []
ELSEWHERE = dhcp4.server("10.9.9.9")


def scenario(function):
    SCENARIOS.append(function)
    return function


def identifier(number, type=1):
    """A client identifier as most clients send it."""
    return bytes([type]) + mac(number)


@scenario
def discover(s):
    s.ask(DISCOVER)


@scenario
def discover_with_broadcast_flag(s):
    s.ask(DISCOVER, flags=BROADCAST_FLAG, secs=7)


@scenario
def four_messages(s):
    s.lease(wanted(1, 3, 6, 15))


@scenario
def four_messages_with_client_id(s):
    s.client.client_id = identifier(s.number)
    s.lease(wanted(1, 3, 6))


@scenario
def four_messages_with_broadcast_flag(s):
    s.lease(flags=BROADCAST_FLAG)


@scenario
def four_messages_behind_a_relay(s):
    s.relay("10.20.2.1")
    s.lease(wanted(1, 3, 6, 15))


@scenario
def discovers_again(s):
    s.lease()
    s.ask(DISCOVER)


@scenario
def discovers_again_and_asks_for_another(s):
    s.lease()
    s.ask(DISCOVER, requested("10.1.0.77"))


@scenario
def asks_for_a_free_address(s):
    s.lease(requested("10.1.0.88"))


@scenario
def asks_for_an_address_of_another_link(s):
    s.ask(DISCOVER, requested("10.20.2.120"))


@scenario
def asks_for_an_address_outside_the_pools(s):
    s.ask(DISCOVER, requested("10.1.0.250"))


@scenario
def asks_for_a_taken_address(s):
    taken = s.lease().yiaddr
    s.become_another_client()
    s.ask(DISCOVER, requested(taken))


@scenario
def selecting_another_server(s):
    offer = s.ask(DISCOVER)
    s.ask(REQUEST, requested(offer.yiaddr), ELSEWHERE)


@scenario
def selecting_without_an_offer(s):
    s.ask(REQUEST, requested("10.1.0.99"), s.server())


@scenario
def selecting_an_address_of_another_link(s):
    s.ask(REQUEST, requested("10.20.2.120"), s.server())


@scenario
def selecting_an_address_outside_the_pools(s):
    s.ask(REQUEST, requested("10.1.0.251"), s.server())


@scenario
def selecting_a_taken_address(s):
    taken = s.lease().yiaddr
    s.become_another_client()
    s.ask(REQUEST, requested(taken), s.server())


@scenario
def selecting_twice(s):
    offer = s.ask(DISCOVER)
    s.ask(REQUEST, *granted(offer))
    s.ask(REQUEST, *granted(offer))


@scenario
def init_reboot(s):
    reply = s.lease()
    s.ask(REQUEST, requested(reply.yiaddr), wanted(1, 3, 6))


@scenario
def init_reboot_with_another_address_of_the_link(s):
    s.lease()
    s.ask(REQUEST, requested("10.1.0.111"))


@scenario
def init_reboot_on_the_wrong_link(s):
    s.lease()
    s.ask(REQUEST, requested("10.20.2.111"))


@scenario
def init_reboot_of_a_stranger(s):
    s.ask(REQUEST, requested("10.1.0.112"))


@scenario
def init_reboot_of_a_stranger_on_the_wrong_link(s):
    s.ask(REQUEST, requested("192.0.2.7"))


@scenario
def init_reboot_of_a_stranger_where_authoritative(s):
    s.relay("10.20.6.1")
    s.ask(REQUEST, requested("10.20.6.20"))


@scenario
def init_reboot_on_the_wrong_link_where_authoritative(s):
    s.relay("10.20.6.1")
    s.ask(REQUEST, requested("192.0.2.7"))


@scenario
def init_reboot_where_authoritative(s):
    s.relay("10.20.6.1")
    reply = s.lease()
    s.ask(REQUEST, requested(reply.yiaddr))


@scenario
def init_reboot_with_another_address_where_authoritative(s):
    s.relay("10.20.6.1")
    s.lease()
    s.ask(REQUEST, requested("10.20.6.88"))


@scenario
def moved_to_another_link(s):
    reply = s.lease()
    s.relay("10.20.2.1")
    s.ask(REQUEST, requested(reply.yiaddr))


@scenario
def moved_to_another_link_where_authoritative(s):
    reply = s.lease()
    s.relay("10.20.6.1")
    s.ask(REQUEST, requested(reply.yiaddr), flags=0)


@scenario
def renewing(s):
    address = s.lease(wanted(6)).yiaddr
    s.be_host(address)
    s.ask(REQUEST, wanted(6), ciaddr=address)


@scenario
def renewing_where_the_pool_has_shorter_leases(s):
    s.relay("10.20.7.1")
    address = s.lease().yiaddr
    s.client.path.fill = lambda message: None
    s.client.path.source = address
    s.lab.core.addresses[address] = s.lab.relay_hardware
    s.client.path.fits = lambda datagram: datagram.ports[1] in (67, 68)
    s.ask(REQUEST, ciaddr=address)


@scenario
def renewing_of_a_stranger(s):
    s.be_host("10.1.0.113")
    s.ask(REQUEST, ciaddr="10.1.0.113")


@scenario
def renewing_of_another_clients_address(s):
    address = s.lease().yiaddr
    s.become_another_client()
    s.be_host(address)
    s.ask(REQUEST, ciaddr=address)


@scenario
def rebinding(s):
    address = s.lease().yiaddr
    s.be_host(address, dhcp4.EVERYWHERE)
    s.ask(REQUEST, ciaddr=address)


@scenario
def rebinding_behind_a_relay(s):
    s.relay("10.20.2.1", (1, b"port-1"))
    address = s.lease().yiaddr
    s.ask(REQUEST, ciaddr=address)


@scenario
def rebinding_on_the_wrong_link(s):
    address = s.lease().yiaddr
    s.relay("10.20.2.1")
    s.ask(REQUEST, ciaddr=address)


@scenario
def request_without_any_address(s):
    s.ask(REQUEST)


@scenario
def request_with_server_id_only(s):
    s.ask(REQUEST, s.server())


@scenario
def release_and_discover_again(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.client.path = s.lab.direct()
    s.ask(DISCOVER)


@scenario
def release_to_another_server(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, ELSEWHERE, ciaddr=address)
    s.become_another_client()
    s.client.path = s.lab.direct()
    s.ask(DISCOVER, requested(address))


@scenario
def release_of_another_clients_address(s):
    address = s.lease().yiaddr
    s.become_another_client()
    s.be_host(address)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.client.path = s.lab.direct()
    s.ask(REQUEST, requested(address))


@scenario
def release_and_somebody_else_asks_for_it(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.become_another_client()
    s.client.path = s.lab.direct()
    s.lease(requested(address))


@scenario
def decline_and_discover_again(s):
    address = s.lease().yiaddr
    s.tell(DECLINE, requested(address), s.server())
    s.ask(DISCOVER, requested(address))


@scenario
def decline_and_somebody_else_asks_for_it(s):
    s.relay("10.20.13.1")
    address = s.lease().yiaddr
    s.tell(DECLINE, requested(address), s.server())
    s.become_another_client()
    s.ask(DISCOVER, requested(address))


@scenario
def decline_of_another_clients_address(s):
    address = s.lease().yiaddr
    s.become_another_client()
    s.tell(DECLINE, requested(address), s.server())
    s.number -= 1
    s.client.hardware = mac(s.number)
    s.ask(REQUEST, requested(address))


@scenario
def inform(s):
    s.be_host("10.1.0.240")
    s.ask(INFORM, wanted(1, 3, 6, 15), ciaddr="10.1.0.240")


@scenario
def inform_by_broadcast(s):
    s.be_host("10.1.0.241", dhcp4.EVERYWHERE)
    s.ask(INFORM, wanted(6), ciaddr="10.1.0.241")


@scenario
def inform_behind_a_relay(s):
    s.relay("10.20.2.1", (1, b"port-1"))
    s.client.path.fits = lambda datagram: True
    s.lab.core.addresses["10.20.2.200"] = s.lab.relay_hardware
    s.ask(INFORM, wanted(6), ciaddr="10.20.2.200")


@scenario
def inform_from_an_unknown_network(s):
    s.relay("10.77.0.1")
    s.ask(INFORM, wanted(6), ciaddr="10.77.0.9")


@scenario
def inform_without_an_address(s):
    s.ask(INFORM, wanted(6))


@scenario
def lease_time_as_asked(s):
    s.relay("10.20.7.1")
    s.lease(lease_time(700))


@scenario
def lease_time_too_long(s):
    s.relay("10.20.7.1")
    s.lease(lease_time(90000))


@scenario
def lease_time_too_short(s):
    s.relay("10.20.7.1")
    s.lease(lease_time(5))


@scenario
def lease_time_not_asked(s):
    s.relay("10.20.7.1")
    s.lease()


@scenario
def lease_time_where_there_is_no_range(s):
    s.ask(DISCOVER, lease_time(120))


@scenario
def renewal_times_computed(s):
    s.relay("10.20.12.1")
    s.lease()


@scenario
def nothing_left(s):
    s.relay("10.20.13.1")
    for _ in range(3):
        s.become_another_client()
        s.ask(DISCOVER)


@scenario
def shared_network_falls_through(s):
    s.relay("10.20.3.1")
    for _ in range(3):
        s.lease(wanted(3))
        s.become_another_client()
    s.ask(DISCOVER)


@scenario
def rapid_commit_not_allowed(s):
    s.ask(DISCOVER, (dhcp4.RAPID, b""))


@scenario
def not_authoritative_nak_is_broadcast(s):
    s.relay("10.20.6.1", (1, b"port-2"))
    reply = s.ask(REQUEST, requested("192.0.2.8"))
    assert reply is None or reply.type != ACK


@scenario
def bootp(s):
    s.ask(0)


@scenario
def other_hardware(s):
    s.client.hardware = struct.pack("!Q", 0x0011223344556677)
    s.relay("10.20.2.1")
    s.ask(DISCOVER, htype=32)


@scenario
def no_hardware(s):
    s.client.hardware = b""
    s.client.client_id = identifier(s.number)
    s.relay("10.20.2.1")
    s.ask(DISCOVER)
