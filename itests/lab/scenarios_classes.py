# SPDX-License-Identifier: Apache-2.0
"""Scenarios for plans/kea-dhcp6-classes.conf; see scenarios.py. A client says who it is in its user class."""
import struct

from dhcp6 import (CONFIRM, DECLINE, IA_NA, IA_PD, INFORMATION_REQUEST, RAPID_COMMIT, REBIND, RELEASE, RENEW, REQUEST, SOLICIT,
                   elapsed, ia_addr, ia_na, ia_pd, ia_prefix, oro)
from scripted_client import duid_ll, granted, server_id

SCENARIOS = []
PEER = "fe80::aa:1"
ASKED = oro(*range(2000, 2015))


def scenario(function):
    SCENARIOS.append(function)
    return function


def who(name):
    return 15, struct.pack("!H", len(name)) + name.encode()


def vendor(*names):
    return 16, struct.pack("!I", 4491) + b"".join(struct.pack("!H", len(name)) + name.encode() for name in names)


def on_link(s, number):
    s.relay([(f"2001:db8:{number}::1", PEER, ())])


def lease(s, *options):
    """The usual four messages, with what the client says of itself in both."""
    advertise = s.ask(SOLICIT, *options, elapsed())
    if advertise is None or not any(code in (IA_NA, IA_PD) for code, _ in advertise.options):
        return advertise
    own = [option for option in options if option[0] not in (IA_NA, IA_PD)]
    return s.ask(REQUEST, server_id(advertise), *granted(advertise), *own, elapsed())


def each(s, *clients, options=(ia_na(1), ASKED)):
    for client in clients:
        lease(s, *([who(client)] if client else []), *options)
        s.become_another_client()


@scenario
def class_guards_a_subnet_of_a_network(s):
    each(s, "", "red", "blue")


@scenario
def class_guards_pools(s):
    on_link(s, 21)
    each(s, "", "red", "blue")


@scenario
def class_guards_prefix_pools(s):
    on_link(s, 21)
    each(s, "", "red", "blue", options=(ia_pd(1), ASKED))


@scenario
def class_guards_both(s):
    on_link(s, 21)
    each(s, "red", "blue", options=(ia_na(1), ia_pd(1)))


@scenario
def class_hint_into_a_pool_of_others(s):
    on_link(s, 21)
    lease(s, ia_na(1, [ia_addr("2001:db8:21::15")]))


@scenario
def class_hint_into_its_own_pool(s):
    on_link(s, 21)
    lease(s, who("red"), ia_na(1, [ia_addr("2001:db8:21::15")]))


@scenario
def class_hint_of_a_prefix_of_others(s):
    on_link(s, 21)
    lease(s, who("blue"), ia_pd(1, [ia_prefix("2001:db8:2100:5::/64")]))


@scenario
def class_request_without_solicit(s):
    on_link(s, 21)
    s.ask(REQUEST, s.server(), who("red"), ia_na(1), elapsed())


@scenario
def class_chooses_the_subnet_of_a_relay(s):
    s.relay([("2001:db8:eeee::24", PEER, ())])
    each(s, "red", "blue")


@scenario
def class_has_no_subnet_of_a_relay(s):
    s.relay([("2001:db8:eeee::24", PEER, ())])
    s.ask(SOLICIT, ia_na(1), ASKED, elapsed())
    s.ask(INFORMATION_REQUEST, ASKED, elapsed())


@scenario
def class_guards_a_network(s):
    on_link(s, "2b")
    s.ask(SOLICIT, ia_na(1), ASKED, elapsed())
    s.ask(SOLICIT, who("red"), ia_na(1), ASKED, elapsed())
    lease(s, who("blue"), ia_na(1), ASKED)


@scenario
def class_renews(s):
    on_link(s, 21)
    reply = lease(s, who("red"), ia_na(1), ia_pd(1), ASKED)
    s.ask(RENEW, server_id(reply), who("red"), *granted(reply), ASKED, elapsed())
    s.ask(REBIND, who("red"), *granted(reply), ASKED, elapsed())


@scenario
def class_left_at_renewal(s):
    on_link(s, 21)
    reply = lease(s, who("red"), ia_na(1))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def class_left_at_renewal_of_a_prefix(s):
    on_link(s, 21)
    reply = lease(s, who("red"), ia_pd(1))
    s.ask(RENEW, server_id(reply), who("blue"), *granted(reply), elapsed())


@scenario
def class_left_at_solicit(s):
    on_link(s, 21)
    lease(s, who("red"), ia_na(1))
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def class_left_with_its_subnet(s):
    reply = lease(s, who("red"), ia_na(1))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def class_left_and_released(s):
    on_link(s, 21)
    reply = lease(s, who("red"), ia_na(1))
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())


@scenario
def class_left_and_declined(s):
    on_link(s, 21)
    reply = lease(s, who("red"), ia_na(1))
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())


@scenario
def class_confirms(s):
    on_link(s, 21)
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:21::15")]), elapsed())
    s.ask(CONFIRM, who("red"), ia_na(1, [ia_addr("2001:db8:21::15")]), elapsed())


@scenario
def class_dropped(s):
    s.ask(SOLICIT, who("drop"), ia_na(1), elapsed())
    s.ask(INFORMATION_REQUEST, who("drop"), elapsed())


@scenario
def class_dropped_for_want_of_a_reservation(s):
    on_link(s, 26)
    s.ask(SOLICIT, who("late"), ia_na(1), elapsed())
    s.client.duid = duid_ll(0x9942)
    s.ask(SOLICIT, who("late"), ia_na(1), elapsed())


@scenario
def class_of_known_and_unknown(s):
    on_link(s, 26)
    lease(s, ia_na(1), ASKED)
    s.client.duid = duid_ll(0x9942)
    lease(s, ia_na(1), ASKED)
    s.client.duid = duid_ll(0x9945)
    lease(s, who("red"), ia_na(1), ASKED)


@scenario
def class_of_a_reservation(s):
    on_link(s, 26)
    s.client.duid = duid_ll(0x9941)
    lease(s, ia_na(1), ASKED)
    s.ask(INFORMATION_REQUEST, ASKED, elapsed())


@scenario
def class_of_a_reservation_beside_others(s):
    on_link(s, 26)
    s.client.duid = duid_ll(0x9941)
    s.ask(SOLICIT, who("red"), ia_na(2), ASKED, elapsed())


@scenario
def class_of_a_reservation_in_a_network(s):
    on_link(s, 29)
    s.client.duid = duid_ll(0x9943)
    lease(s, ia_na(1), ASKED)


@scenario
def class_reserved_address_in_a_pool_of_others(s):
    on_link(s, 26)
    s.client.duid = duid_ll(0x9944)
    reply = lease(s, ia_na(1), ASKED)
    s.ask(RENEW, server_id(reply), *granted(reply), ASKED, elapsed())


@scenario
def class_options_below_subnets(s):
    on_link(s, 28)
    each(s, "", "red", "blue")
    s.ask(INFORMATION_REQUEST, who("red"), ASKED, elapsed())


@scenario
def class_options_that_nobody_asked_for(s):
    on_link(s, 28)
    each(s, "", "red", "blue", options=(ia_na(1),))


@scenario
def class_rapid_commit(s):
    on_link(s, 28)
    s.ask(SOLICIT, who("red"), (RAPID_COMMIT, b""), ia_na(1), ASKED, elapsed())


@scenario
def class_lifetimes_with_a_wish(s):
    on_link(s, 28)
    for valid in (100, 800, 3000):
        lease(s, who("red"), ia_na(1, [ia_addr("2001:db8:28::15", 100, valid)]))
        s.become_another_client()


@scenario
def class_required(s):
    on_link(s, 27)
    each(s, "", "red", "blue")
    s.ask(INFORMATION_REQUEST, who("red"), ASKED, elapsed())


@scenario
def class_required_at_renewal(s):
    on_link(s, 27)
    reply = lease(s, who("red"), ia_na(1), ASKED)
    s.ask(RENEW, server_id(reply), who("red"), *granted(reply), ASKED, elapsed())


@scenario
def class_of_a_vendor(s):
    on_link(s, 28)
    for names in (["lab"], ["other", "lab"], ["lab", "docsis3.0"], []):
        lease(s, vendor(*names), ia_na(1), ASKED)
        s.become_another_client()


@scenario
def class_of_an_unknown_link(s):
    s.relay([("2001:db8:77::1", PEER, ())])
    s.ask(INFORMATION_REQUEST, who("red"), ASKED, elapsed())
    s.ask(SOLICIT, who("red"), ia_na(1), ASKED, elapsed())


@scenario
def class_without_anything(s):
    s.ask(INFORMATION_REQUEST, ASKED, elapsed())
    s.ask(INFORMATION_REQUEST, ASKED, elapsed(), client_id=False)
