# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp4-edges.conf: what seldom happens on the wire; see scenarios4.py."""
import struct
import time

import dhcp4
from dhcp4 import DECLINE, DISCOVER, INFORM, RELEASE, REQUEST, lease_time, requested, wanted
from scenarios4 import identifier
from scenarios4_options import PXE
from scripted_client4 import granted, mac

SCENARIOS = []
BIG = (dhcp4.MAX_SIZE, struct.pack("!H", 1500))


def scenario(function):
    SCENARIOS.append(function)
    return function


@scenario
def firmware_then_system(s):
    """The firmware has no client identifier, the system has, then the firmware again."""
    s.lease(*PXE)
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.client_id = None
    s.lease(*PXE)


@scenario
def system_then_firmware(s):
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.client_id = None
    s.ask(DISCOVER, *PXE)


@scenario
def firmware_renews_after_the_system(s):
    s.client.client_id = identifier(s.number)
    address = s.lease().yiaddr
    s.client.client_id = None
    s.be_host(address)
    s.ask(REQUEST, ciaddr=address)


@scenario
def two_client_ids_on_one_hardware(s):
    s.client.client_id = identifier(s.number)
    first = s.lease().yiaddr
    s.client.client_id = identifier(s.number, 2)
    second = s.lease().yiaddr
    s.be_host(first)
    s.client.client_id = identifier(s.number)
    s.ask(REQUEST, ciaddr=first)
    s.be_host(second)
    s.client.client_id = identifier(s.number, 2)
    s.ask(REQUEST, ciaddr=second)


@scenario
def other_client_id_reboots_with_the_address(s):
    s.client.client_id = identifier(s.number)
    first = s.lease().yiaddr
    s.client.client_id = identifier(s.number, 2)
    s.ask(REQUEST, requested(first))


@scenario
def same_client_id_on_other_hardware_goes_on(s):
    s.client.client_id = b"\xff" + struct.pack("!I", s.number) + b"\x00\x03\x00\x01" + mac(s.number)
    first = s.lease().yiaddr
    s.client.hardware = mac(s.number + 1)
    s.ask(DISCOVER)
    s.ask(REQUEST, requested(first))
    s.be_host(first)
    s.ask(REQUEST, ciaddr=first)


@scenario
def selecting_another_address_than_offered(s):
    s.ask(DISCOVER)
    s.ask(REQUEST, requested("10.1.0.140"), s.server())


@scenario
def selecting_with_ciaddr(s):
    offer = s.ask(DISCOVER)
    s.ask(REQUEST, *granted(offer), ciaddr=offer.yiaddr)


@scenario
def init_reboot_with_both_addresses(s):
    address = s.lease().yiaddr
    s.be_host(address, dhcp4.EVERYWHERE)
    s.ask(REQUEST, requested(address), ciaddr=address)


@scenario
def renewing_twice(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.ask(REQUEST, ciaddr=address)
    s.ask(REQUEST, ciaddr=address)


@scenario
def renewing_an_address_of_no_subnet(s):
    s.be_host("10.66.0.5")
    s.ask(REQUEST, ciaddr="10.66.0.5")


@scenario
def rebinding_an_address_of_no_subnet(s):
    s.be_host("10.66.0.6", dhcp4.EVERYWHERE)
    s.ask(REQUEST, ciaddr="10.66.0.6")


@scenario
def rebinding_of_another_clients_address(s):
    address = s.lease().yiaddr
    s.become_another_client()
    s.be_host(address, dhcp4.EVERYWHERE)
    s.ask(REQUEST, ciaddr=address)


@scenario
def rebinding_of_a_stranger_outside_the_pools(s):
    s.be_host("10.1.0.240", dhcp4.EVERYWHERE)
    s.ask(REQUEST, ciaddr="10.1.0.240")


@scenario
def decline_without_server_id(s):
    address = s.lease().yiaddr
    s.tell(DECLINE, requested(address))
    s.ask(REQUEST, requested(address))


@scenario
def decline_twice_and_reboot(s):
    address = s.lease().yiaddr
    s.tell(DECLINE, requested(address), s.server())
    s.tell(DECLINE, requested(address), s.server())
    s.ask(REQUEST, requested(address))
    s.lease()


@scenario
def decline_of_an_offer(s):
    address = s.ask(DISCOVER).yiaddr
    s.tell(DECLINE, requested(address), s.server())
    s.ask(DISCOVER, requested(address))


@scenario
def release_and_reboot(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.client.path = s.lab.direct()
    s.ask(REQUEST, requested(address))


@scenario
def release_and_renew(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.ask(REQUEST, ciaddr=address)


@scenario
def release_with_another_client_id(s):
    s.client.client_id = identifier(s.number)
    address = s.lease().yiaddr
    s.be_host(address)
    s.client.client_id = identifier(s.number, 2)
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.client.client_id = identifier(s.number)
    s.ask(REQUEST, ciaddr=address)


@scenario
def release_without_server_id(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.tell(RELEASE, ciaddr=address)
    s.become_another_client()
    s.client.path = s.lab.direct()
    s.ask(DISCOVER, requested(address))


@scenario
def release_behind_a_relay(s):
    s.relay("10.20.5.1")
    address = s.lease().yiaddr
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.become_another_client()
    s.ask(DISCOVER)


@scenario
def expired_and_reboot(s):
    s.relay("10.20.10.1")
    address = s.lease().yiaddr
    time.sleep(3)
    s.ask(REQUEST, requested(address))


@scenario
def expired_and_another_takes_it(s):
    s.relay("10.20.5.1")
    address = s.lease().yiaddr
    first = s.client.hardware
    s.become_another_client()
    s.ask(DISCOVER)
    time.sleep(3)
    s.lease()
    s.client.hardware = first
    s.ask(REQUEST, requested(address))
    s.ask(REQUEST, ciaddr=address)
    time.sleep(3)


@scenario
def lease_without_end(s):
    s.relay("10.20.2.1")
    s.lease(lease_time(60))
    s.lease(lease_time(0xFFFFFFFF))


@scenario
def lease_time_zero(s):
    s.ask(DISCOVER, lease_time(0))


@scenario
def renewal_times_out_of_order(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(58, 59))


@scenario
def shared_network_reservation_in_the_second_subnet(s):
    s.relay("10.20.12.1")
    s.client.hardware = mac(0x8821)
    s.lease(wanted(3))


@scenario
def shared_network_reservation_in_the_first_subnet(s):
    s.relay("10.20.13.1")
    s.client.hardware = mac(0x8820)
    s.lease(wanted(3))
    s.ask(REQUEST, requested("10.20.12.77"))


@scenario
def shared_network_address_of_the_other_subnet(s):
    s.relay("10.20.12.1")
    s.ask(DISCOVER, requested("10.20.13.11"))
    s.ask(REQUEST, requested("10.20.13.11"), s.server())
    s.ask(REQUEST, requested("10.20.13.11"))


@scenario
def shared_network_by_the_second_giaddr(s):
    s.relay("10.20.13.1")
    s.lease(wanted(3))


@scenario
def reserved_address_in_use(s):
    """Before its owner comes, nobody else gets it."""
    s.lease(requested("10.1.0.55"))
    s.client.hardware = mac(0x8801)
    s.lease()


@scenario
def reserved_client_renews_another_address(s):
    s.client.hardware = mac(0x8801)
    s.be_host("10.1.0.66")
    s.ask(REQUEST, ciaddr="10.1.0.66")


@scenario
def reserved_name_only(s):
    s.client.hardware = mac(0x8802)
    s.lease(wanted(12, 15))


@scenario
def reserved_name_with_fqdn(s):
    s.client.hardware = mac(0x8802)
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x05\x00\x00\x05other\x00"))


@scenario
def reserved_full_name(s):
    s.client.client_id = b"abc"
    s.lease(wanted(12))
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x04\x00\x00\x05other\x00"))


@scenario
def reserved_options_beat_the_subnets(s):
    s.client.hardware = mac(0x8803)
    s.lease(wanted(6))


@scenario
def reserved_globally_where_not_looked_up(s):
    s.client.hardware = mac(0x8810)
    s.ask(DISCOVER, wanted(12))


@scenario
def options_of_all_types(s):
    s.relay("10.20.6.1")
    s.ask(DISCOVER, wanted(*range(230, 243)), BIG)


@scenario
def options_in_octets(s):
    s.relay("10.20.6.1")
    s.ask(DISCOVER, wanted(43, 60, 121))


@scenario
def options_requested_by_a_vendor_class(s):
    s.relay("10.20.6.1")
    s.ask(DISCOVER, (60, b"edge"), wanted(43, 60))


@scenario
def options_of_the_standard(s):
    s.ask(DISCOVER, wanted(28, 26, 2, 19, 33, 119, 1, 3))


@scenario
def options_all_requested(s):
    s.ask(DISCOVER, wanted(*range(1, 255)), BIG)


@scenario
def options_requested_that_are_none(s):
    s.ask(DISCOVER, wanted(0, 255, 53, 54, 82, 61, 50, 55, 57))


@scenario
def options_request_empty(s):
    s.ask(DISCOVER, wanted())


@scenario
def server_id_of_the_plan(s):
    s.relay("10.20.7.1")
    offer = s.ask(DISCOVER)
    s.ask(REQUEST, *granted(offer))
    s.ask(REQUEST, requested(offer.yiaddr), s.server())
    s.tell(RELEASE, dhcp4.server("10.255.0.99"), ciaddr=offer.yiaddr)


@scenario
def boot_fields_leave_no_room_for_options(s):
    s.relay("10.20.8.1")
    s.ask(DISCOVER, wanted(15, 17))


@scenario
def boot_fields_and_room_for_all(s):
    s.relay("10.20.8.1")
    s.ask(DISCOVER, wanted(15, 17), BIG)


@scenario
def options_overload_file_and_name(s):
    s.relay("10.20.9.1", (1, b"x" * 100))
    s.ask(DISCOVER, wanted(15, 17))


@scenario
def relay_info_long(s):
    s.relay("10.20.9.1", (1, b"x" * 200), (2, b"y" * 40))
    s.ask(DISCOVER, wanted(15, 17))


@scenario
def relay_info_in_pieces(s):
    s.relay("10.20.2.1", (1, b"x" * 200), (2, b"y" * 200))
    s.ask(DISCOVER, wanted(15, 17), BIG)


@scenario
def relay_info_malformed(s):
    s.relay("10.20.2.1")
    s.client.path.info = (dhcp4.RELAY_INFO, b"\x01\x09abc")
    s.ask(DISCOVER)


@scenario
def relay_info_twice_the_same(s):
    s.relay("10.20.2.1", (1, b"a"), (1, b"b"), (151, b"\x00vpn"), (0, b""), (9, b"\x00\x00\x00\x09\x02\x01\x01"))
    s.lease()


@scenario
def relay_info_without_relay(s):
    s.ask(DISCOVER, dhcp4.relay_info((1, b"bridge"), (2, b"r")))


@scenario
def relay_info_in_a_nak(s):
    s.relay("10.20.10.1", (1, b"port"))
    s.ask(REQUEST, requested("10.66.0.9"))


@scenario
def relay_info_in_inform(s):
    s.relay("10.20.2.1", (1, b"port"))
    s.ask(INFORM, wanted(1, 51, 58, 59, 54))


@scenario
def relay_link_selection_cut(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, b"\x0a\x14"))
    s.ask(DISCOVER)


@scenario
def relay_link_selection_zero(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, b"\0\0\0\0"))
    s.ask(DISCOVER)


@scenario
def relay_link_selection_beats_subnet_selection(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, dhcp4.address("10.20.6.0")))
    s.ask(DISCOVER, (dhcp4.SUBNET_SELECTION, dhcp4.address("10.20.9.0")))


@scenario
def relay_selection_of_the_link_in_a_release(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, dhcp4.address("10.20.5.0")))
    address = s.lease().yiaddr
    s.tell(RELEASE, s.server(), ciaddr=address)
    s.become_another_client()
    s.lease()


@scenario
def inform_asks_for_times(s):
    s.be_host("10.1.0.230")
    s.ask(INFORM, wanted(51, 58, 59, 1, 3, 28), ciaddr="10.1.0.230")


@scenario
def inform_without_request_list(s):
    s.be_host("10.1.0.231")
    s.client.client_id = identifier(s.number)
    s.ask(INFORM, ciaddr="10.1.0.231")


@scenario
def inform_of_a_reserved_client(s):
    s.client.hardware = mac(0x8803)
    s.be_host("10.1.0.202")
    s.ask(INFORM, wanted(3, 12), ciaddr="10.1.0.202")


@scenario
def inform_of_a_client_with_a_lease(s):
    address = s.lease().yiaddr
    s.be_host(address)
    s.ask(INFORM, wanted(6, 15), ciaddr=address, flags=dhcp4.BROADCAST_FLAG)


@scenario
def inform_to_another_server(s):
    s.be_host("10.1.0.232")
    s.ask(INFORM, dhcp4.server("10.9.9.9"), wanted(6), ciaddr="10.1.0.232")


@scenario
def discover_with_ciaddr(s):
    s.ask(DISCOVER, ciaddr="10.1.0.88")


@scenario
def discover_with_server_id(s):
    s.ask(DISCOVER, s.server())
    s.ask(DISCOVER, dhcp4.server("10.9.9.9"))


@scenario
def discover_with_yiaddr_and_siaddr(s):
    s.ask(DISCOVER, yiaddr="10.1.0.99", siaddr="10.7.7.7", sname=b"other", file=b"file")


@scenario
def flags_reserved_bits(s):
    s.ask(DISCOVER, flags=0x7FFF)


@scenario
def hardware_of_sixteen_octets(s):
    s.client.hardware = bytes(range(16))
    s.relay("10.20.2.1")
    s.ask(DISCOVER, htype=32)


@scenario
def hardware_type_six(s):
    s.ask(DISCOVER, htype=6)


@scenario
def message_size_zero(s):
    s.ask(DISCOVER, (dhcp4.MAX_SIZE, b"\0\0"))


@scenario
def message_size_cut(s):
    s.ask(DISCOVER, (dhcp4.MAX_SIZE, b"\1"))


@scenario
def fqdn_empty_name(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x05\x00\x00"))


@scenario
def fqdn_cut(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x05"))


@scenario
def fqdn_and_host_name(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x05\x00\x00\x05other\x00"), (dhcp4.HOST_NAME, b"simple"), wanted(12, 81))


@scenario
def fqdn_wrong_label(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x05\x00\x00\x3fother\x00"))


@scenario
def lease_time_cut(s):
    s.ask(DISCOVER, (dhcp4.LEASE_TIME, b"\0\1"))


@scenario
def server_id_cut(s):
    s.ask(REQUEST, (dhcp4.SERVER_ID, b"\x0a\x01"), requested("10.1.0.99"))


@scenario
def subnet_selection_unknown(s):
    s.relay("10.20.2.1")
    s.ask(DISCOVER, (dhcp4.SUBNET_SELECTION, dhcp4.address("10.88.0.0")))


@scenario
def subnet_selection_cut(s):
    s.relay("10.20.2.1")
    s.ask(DISCOVER, (dhcp4.SUBNET_SELECTION, b"\x0a\x14"))


@scenario
def relay_inside_the_pool(s):
    s.relay("10.20.9.77")
    s.ask(DISCOVER)


@scenario
def relay_with_the_broadcast_flag(s):
    s.relay("10.20.9.1")
    s.lease(flags=dhcp4.BROADCAST_FLAG)
