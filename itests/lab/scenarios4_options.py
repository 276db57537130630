# SPDX-License-Identifier: Apache-2.0
"""Scenarios of identity, reservations, options, relays, boot fields and wrong packets; see scenarios4.py."""
import struct

import dhcp4
from dhcp4 import DISCOVER, OFFER, REQUEST, requested, wanted
from scenarios4 import SCENARIOS, identifier, scenario
from scripted_client4 import mac

assert SCENARIOS
PXE = [(60, b"PXEClient:Arch:00007:UNDI:003016"), (93, b"\x00\x07"), (94, b"\x01\x03\x10"), (97, b"\x00" + bytes(range(16)))]


@scenario
def reserved_by_hardware_address(s):
    s.client.hardware = mac(0x9901)
    s.lease(wanted(6, 12))


@scenario
def reserved_by_client_id(s):
    s.client.client_id = identifier(0x9902)
    s.lease()


@scenario
def reserved_by_duid(s):
    s.client.client_id = b"\xff" + struct.pack("!IHH", 7, 3, 1) + mac(0x9903)
    s.lease()


@scenario
def reserved_by_circuit_id(s):
    s.relay("10.20.2.1", (1, b"port-9"), (2, b"remote"))
    s.lease()


@scenario
def reserved_boot_fields(s):
    s.client.hardware = mac(0x9904)
    s.ask(DISCOVER)


@scenario
def reserved_options(s):
    s.relay("10.20.2.1")
    s.client.hardware = mac(0x9905)
    s.lease(wanted(15, 6))


@scenario
def reserved_where_there_is_no_pool(s):
    s.relay("10.20.11.1")
    s.client.hardware = mac(0x9906)
    s.lease()


@scenario
def nothing_for_a_stranger_where_there_is_no_pool(s):
    s.relay("10.20.11.1")
    s.ask(DISCOVER)


@scenario
def reserved_address_asked_by_a_stranger(s):
    s.ask(DISCOVER, requested("10.1.0.60"))
    s.ask(REQUEST, requested("10.1.0.60"), s.server())


@scenario
def reserved_client_asks_for_another(s):
    s.client.hardware = mac(0x9901)
    s.ask(DISCOVER, requested("10.1.0.70"))
    s.ask(REQUEST, requested("10.1.0.70"), s.server())
    s.ask(REQUEST, requested("10.1.0.70"))


@scenario
def client_id_counts_more_than_hardware(s):
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.client_id = identifier(s.number, 2)
    s.lease()


@scenario
def same_client_id_on_other_hardware(s):
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.hardware = mac(s.number + 1)
    s.ask(DISCOVER)


@scenario
def client_id_comes_later(s):
    s.lease()
    s.client.client_id = identifier(s.number)
    s.ask(DISCOVER)


@scenario
def client_id_ignored_where_not_matched(s):
    s.relay("10.20.5.1")
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.client_id = identifier(s.number, 2)
    s.ask(DISCOVER)


@scenario
def same_client_id_on_other_hardware_where_not_matched(s):
    s.relay("10.20.5.1")
    s.client.client_id = identifier(s.number)
    s.lease()
    s.client.hardware = mac(s.number + 1)
    s.ask(DISCOVER)


@scenario
def options_nothing_asked(s):
    s.ask(DISCOVER)


@scenario
def options_standard(s):
    s.ask(DISCOVER, wanted(1, 2, 3, 6, 15, 28, 42, 51, 58, 59, 119))


@scenario
def options_of_our_own(s):
    s.ask(DISCOVER, wanted(222, 223, 224))


@scenario
def options_not_configured(s):
    s.ask(DISCOVER, wanted(4, 9, 69, 200, 252))


@scenario
def options_always_sent_in_a_subnet(s):
    s.relay("10.20.12.1")
    s.ask(DISCOVER)


@scenario
def options_of_subnet_and_pool(s):
    s.relay("10.20.2.1")
    s.ask(DISCOVER, wanted(3, 15))


@scenario
def options_asked_twice(s):
    s.ask(DISCOVER, wanted(6, 6, 1, 6))


@scenario
def options_in_overloaded_fields(s):
    s.ask(DISCOVER, in_file=[wanted(6)], in_sname=[requested("10.1.0.87")])


@scenario
def options_in_pieces(s):
    s.ask(DISCOVER, (dhcp4.WANTED, b"\x06"), (dhcp4.WANTED, b"\x03"), (dhcp4.WANTED, b"\x0f"))


@scenario
def vendor_space_43(s):
    s.ask(DISCOVER, wanted(43))


@scenario
def vendor_space_43_with_class(s):
    s.ask(DISCOVER, (60, b"lab-phone"), wanted(43, 60))


@scenario
def vendor_options_125(s):
    s.ask(DISCOVER, (dhcp4.VIVCO, struct.pack("!IB", 4491, 4) + b"\x03lab"), wanted(125))


@scenario
def vendor_options_125_by_number(s):
    s.ask(DISCOVER, (dhcp4.VIVSO, struct.pack("!IBBBBB", 4491, 4, 1, 2, 2, 3)), wanted(125))


@scenario
def vendor_options_125_of_another_vendor(s):
    s.ask(DISCOVER, (dhcp4.VIVSO, struct.pack("!IBBBB", 9, 3, 1, 1, 2)), wanted(125))


@scenario
def vendor_options_125_not_asked(s):
    s.ask(DISCOVER, (dhcp4.VIVCO, struct.pack("!IB", 4491, 4) + b"\x03lab"))


@scenario
def long_option(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(225), (dhcp4.MAX_SIZE, struct.pack("!H", 1500)))


@scenario
def long_option_where_little_fits(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(225, 6, 3), (dhcp4.MAX_SIZE, struct.pack("!H", 576)))


@scenario
def classless_routes(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(121, 3))


@scenario
def ipv6_only_preferred(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(108, 6))


@scenario
def ipv6_only_not_asked(s):
    s.relay("10.20.9.1")
    s.ask(DISCOVER, wanted(6))


@scenario
def ipv6_only_request(s):
    s.relay("10.20.9.1")
    s.ask(REQUEST, requested("10.20.9.50"), s.server(), wanted(108, 6))


@scenario
def host_name(s):
    s.lease((dhcp4.HOST_NAME, b"laptop"), wanted(12, 15))


@scenario
def host_name_not_wanted(s):
    s.ask(DISCOVER, (dhcp4.HOST_NAME, b"laptop"))


@scenario
def host_name_reserved_beats_the_clients(s):
    s.client.hardware = mac(0x9901)
    s.ask(DISCOVER, (dhcp4.HOST_NAME, b"laptop"), wanted(12))


@scenario
def fqdn_client_asks_the_server(s):
    s.lease((dhcp4.FQDN, b"\x05\x00\x00" + b"\x06laptop\x03lab\x07example\x03org\x00"))


@scenario
def fqdn_client_does_it_itself(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x04\x00\x00" + b"\x06laptop\x03lab\x07example\x03org\x00"))


@scenario
def fqdn_no_update(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x0c\x00\x00" + b"\x06laptop\x00"))


@scenario
def fqdn_in_ascii(s):
    s.ask(DISCOVER, (dhcp4.FQDN, b"\x01\x00\x00" + b"laptop.lab.example.org"))


@scenario
def boot_fields(s):
    s.relay("10.20.8.1")
    s.lease(wanted(66, 67, 150))


@scenario
def boot_fields_pxe(s):
    s.relay("10.20.8.1")
    s.lease(*PXE, wanted(1, 3, 43, 60, 66, 67, 128, 129, 150))


@scenario
def boot_fields_not_asked(s):
    s.relay("10.20.8.1")
    s.ask(DISCOVER)


@scenario
def relay_info_comes_back(s):
    s.relay("10.20.2.1", (1, b"ge-0/0/1"), (2, b"\x00\x01remote"), (6, b"subscriber"), (200, b"who knows"))
    s.lease(wanted(6))


@scenario
def relay_info_empty(s):
    s.relay("10.20.2.1")
    s.client.path.info = (dhcp4.RELAY_INFO, b"")
    s.ask(DISCOVER)


@scenario
def relay_link_selection(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, dhcp4.address("10.20.7.0")))
    s.lease()


@scenario
def relay_link_selection_unknown(s):
    s.relay("10.20.2.1", (dhcp4.LINK_SELECTION, dhcp4.address("10.88.0.0")))
    s.ask(DISCOVER)


@scenario
def subnet_selection(s):
    s.relay("10.20.2.1")
    s.lease((dhcp4.SUBNET_SELECTION, dhcp4.address("10.20.7.0")))


@scenario
def subnet_selection_directly(s):
    s.ask(DISCOVER, (dhcp4.SUBNET_SELECTION, dhcp4.address("10.20.7.0")))


@scenario
def relay_server_override(s):
    s.relay("10.20.2.1", (dhcp4.SERVER_OVERRIDE, dhcp4.address("10.20.2.1")))
    offer = s.ask(DISCOVER)
    s.ask(REQUEST, requested(offer.yiaddr), dhcp4.server("10.20.2.1"))


@scenario
def relay_by_its_address(s):
    s.relay("10.99.0.1")
    s.lease()


@scenario
def relay_unknown(s):
    s.relay("10.98.0.1")
    s.ask(DISCOVER)


@scenario
def relay_hops_and_flags(s):
    s.relay("10.20.2.1")
    s.ask(DISCOVER, hops=7, secs=99, flags=0x8000)


@scenario
def relay_too_many_hops(s):
    s.relay("10.20.2.1")
    s.ask(DISCOVER, hops=200)


@scenario
def relay_source_port(s):
    s.relay("10.20.2.1", (19, b""), port=10067)
    s.ask(DISCOVER)


@scenario
def maximum_message_size_small(s):
    s.ask(DISCOVER, wanted(3, 6, 15, 42, 119, 125, 43, 222, 223), (dhcp4.MAX_SIZE, struct.pack("!H", 300)))


@scenario
def reply_as_message(s):
    s.ask(DISCOVER, op=2)


@scenario
def message_of_a_server(s):
    s.ask(OFFER, s.server())


@scenario
def message_type_unknown(s):
    s.ask(77)


@scenario
def client_id_empty(s):
    s.client.client_id = b""
    s.ask(DISCOVER)


@scenario
def client_id_empty_of_two_clients(s):
    s.client.client_id = b""
    s.lease()
    s.become_another_client()
    s.ask(DISCOVER)


@scenario
def client_id_of_one_octet(s):
    s.client.client_id = b"\x01"
    s.ask(DISCOVER)


@scenario
def host_name_with_nul(s):
    s.ask(DISCOVER, (dhcp4.HOST_NAME, b"laptop\x00"), wanted(12))


@scenario
def host_name_malformed(s):
    s.ask(DISCOVER, (dhcp4.HOST_NAME, b"..\xff.\x01"), wanted(12))


@scenario
def requested_address_cut(s):
    s.ask(DISCOVER, (dhcp4.REQUESTED, b"\x0a\x01"))
