# SPDX-License-Identifier: Apache-2.0
"""What a scripted client does to a server that runs plans/kea-dhcp6.conf. Each function is one scenario with a client of its
own; every question asked through the session is recorded with its answer."""
import dhcp6
from dhcp6 import (CONFIRM, DECLINE, INFORMATION_REQUEST, RAPID_COMMIT, REBIND, RELEASE, RENEW, REQUEST, SOLICIT, elapsed,
                   ia_addr, ia_na, ia_pd, ia_prefix, oro)
from scripted_client import granted, server_id

SCENARIOS = []
WRONG_SERVER = dhcp6.SERVERID, bytes.fromhex("000300010203040506ff")
RAPID = RAPID_COMMIT, b""
PEER = "fe80::aa:1"


def scenario(function):
    SCENARIOS.append(function)
    return function


def port(text):
    return dhcp6.INTERFACE_ID, text.encode()


def hops(link, *options):
    return [(link, PEER, options)]


@scenario
def solicit_for_an_address(s):
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def solicit_for_a_prefix(s):
    s.ask(SOLICIT, ia_pd(1), elapsed())


@scenario
def solicit_without_ia(s):
    s.ask(SOLICIT, elapsed())


@scenario
def address_and_prefix_in_four_messages(s):
    s.lease(ia_na(1), ia_pd(2))


@scenario
def same_client_solicits_again(s):
    s.lease(ia_na(1), ia_pd(2))
    s.ask(SOLICIT, ia_na(1), ia_pd(2), elapsed())


@scenario
def two_ias_of_each_kind(s):
    s.lease(ia_na(1), ia_na(2), ia_pd(1), ia_pd(2))


@scenario
def rapid_commit_where_allowed(s):
    s.relay(hops("2001:db8:b::1"))
    s.ask(SOLICIT, RAPID, ia_na(1), ia_pd(1), elapsed())


@scenario
def rapid_commit_where_not_allowed(s):
    s.ask(SOLICIT, RAPID, ia_na(1), elapsed())


@scenario
def solicit_with_server_id(s):
    s.ask(SOLICIT, WRONG_SERVER, ia_na(1), elapsed())


@scenario
def solicit_without_client_id(s):
    s.ask(SOLICIT, ia_na(1), elapsed(), client_id=False)


@scenario
def request_to_another_server(s):
    s.ask(REQUEST, WRONG_SERVER, ia_na(1), elapsed())


@scenario
def request_without_server_id(s):
    s.ask(REQUEST, ia_na(1), elapsed())


@scenario
def request_without_solicit(s):
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr("2001:db8:a::1080")]), elapsed())


@scenario
def request_off_link_address(s):
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def renew(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def renew_to_another_server(s):
    reply = s.lease(ia_na(1))
    s.ask(RENEW, WRONG_SERVER, *granted(reply), elapsed())


@scenario
def renew_without_binding(s):
    s.ask(RENEW, s.server(), ia_na(7, [ia_addr("2001:db8:a::10f0", 100, 200)]), elapsed())


@scenario
def renew_empty_ia_without_binding(s):
    s.ask(RENEW, s.server(), ia_na(7), elapsed())


@scenario
def renew_prefix_without_binding(s):
    s.ask(RENEW, s.server(), ia_pd(7, [ia_prefix("2001:db8:a0ff::/56", 100, 200)]), elapsed())


@scenario
def renew_with_an_off_link_address_too(s):
    reply = s.lease(ia_na(1))
    own = dhcp6.ias(reply)[0].leases[0][0]
    s.ask(RENEW, server_id(reply), ia_na(1, [ia_addr(own, 1, 2), ia_addr("2001:db8:7777::1", 1, 2)]), elapsed())


@scenario
def renew_adds_a_prefix(s):
    reply = s.lease(ia_na(1))
    s.ask(RENEW, server_id(reply), *granted(reply), ia_pd(2), elapsed())


@scenario
def rebind(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(REBIND, *granted(reply), elapsed())


@scenario
def rebind_without_binding_on_link(s):
    s.ask(REBIND, ia_na(7, [ia_addr("2001:db8:a::10e0", 100, 200)]), elapsed())


@scenario
def rebind_without_binding_off_link(s):
    s.ask(REBIND, ia_na(7, [ia_addr("2001:db8:7777::1", 100, 200)]), elapsed())


@scenario
def rebind_with_server_id(s):
    reply = s.lease(ia_na(1))
    s.ask(REBIND, server_id(reply), *granted(reply), elapsed())


@scenario
def confirm_on_link(s):
    reply = s.lease(ia_na(1))
    s.ask(CONFIRM, *granted(reply), elapsed())


@scenario
def confirm_off_link(s):
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def confirm_without_addresses(s):
    s.ask(CONFIRM, ia_na(1), elapsed())


@scenario
def decline_and_ask_again(s):
    reply = s.lease(ia_na(1))
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def decline_without_binding(s):
    s.ask(DECLINE, s.server(), ia_na(7, [ia_addr("2001:db8:a::10d0")]), elapsed())


@scenario
def release_and_ask_again(s):
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())
    s.ask(SOLICIT, ia_na(1), ia_pd(2), elapsed())


@scenario
def release_twice(s):
    reply = s.lease(ia_na(1))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def release_of_another_clients_address(s):
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def information_request(s):
    s.ask(INFORMATION_REQUEST, oro(23, 24, 32), elapsed())


@scenario
def information_request_without_client_id(s):
    s.ask(INFORMATION_REQUEST, oro(23), elapsed(), client_id=False)


@scenario
def information_request_with_ia(s):
    s.ask(INFORMATION_REQUEST, ia_na(1), oro(23), elapsed())


@scenario
def information_request_to_another_server(s):
    s.ask(INFORMATION_REQUEST, WRONG_SERVER, oro(23), elapsed())
