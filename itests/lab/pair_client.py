# SPDX-License-Identifier: Apache-2.0
"""Clients of two servers on one link. pair_client.py LAB ADDRESS WORD NUMBER [SERVER-DUID|LEASE]

solicit NUMBER         prints who offers what to client NUMBER: SERVER-DUID LEASE, a line each
obtain NUMBER [SERVER] obtains an address, of that server if one is named, and prints SERVER-DUID LEASE T1 VALID
rebind NUMBER LEASE    rebinds it and prints the same
Nothing is printed, and the exit code is 1, when nobody answers in time with a lease.
"""
import sys
import time

import dhcp6
from scripted_client import Client, Direct, duid_ll

IAID = 1
PATIENCE = 3.0


class PairClient(Client):
    """Hears several answers to one question."""

    def offers(self):
        message = self.message(dhcp6.SOLICIT, [dhcp6.ia_na(IAID), dhcp6.elapsed()])
        self.path.send(self.path.wrap(message.encode()))
        found, end = {}, time.monotonic() + 1.0
        while (rest := end - time.monotonic()) > 0:
            self.path.socket.settimeout(rest)
            try:
                _, reply = self.path.unwrap(self.path.socket.recv(65535))
            except TimeoutError:
                break
            if reply.xid == message.xid and leases(reply):
                found[reply.get(dhcp6.SERVERID).hex()] = reply
        return found


def leases(reply):
    return [lease for ia in dhcp6.ias(reply) for lease in ia.leases if lease[2] > 0] if reply else []


def tell(reply):
    for lease in leases(reply):
        print(reply.get(dhcp6.SERVERID).hex(), lease[0], dhcp6.ias(reply)[0].t1, lease[2])
    return 0 if leases(reply) else 1


def main(lab, address, word, number, *rest):
    client = PairClient(Direct(f"{lab}-client", "eth0", address), duid_ll(int(number)), PATIENCE)
    if word == "rebind":
        ia = dhcp6.ia_na(IAID, [dhcp6.ia_addr(rest[0])])
        return tell(client.ask(dhcp6.REBIND, ia, dhcp6.elapsed()))
    offers = client.offers()
    if word == "solicit":
        for server, reply in sorted(offers.items()):
            print(server, leases(reply)[0][0])
        return 0 if offers else 1
    offer = offers.get(rest[0]) if rest else next(iter(offers.values()), None)
    if offer is None:
        return 1
    ia = dhcp6.ia_na(IAID, [dhcp6.ia_addr(lease[0]) for lease in leases(offer)])
    return tell(client.ask(dhcp6.REQUEST, (dhcp6.SERVERID, offer.get(dhcp6.SERVERID)), ia, dhcp6.elapsed()))


sys.exit(main(*sys.argv[1:]))
