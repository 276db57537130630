# SPDX-License-Identifier: Apache-2.0
"""Many clients behind one relay that obtain, renew and release, and a record of every lease that was promised to one of them.

  load.py run LAB RECORD             works until it is ended; RECORD gets a line per REPLY, written before anything else happens
  load.py lost RECORD BYTES LEASES   prints each lease that the first BYTES of RECORD promise and LEASES (one a line) lacks;
                                     leases given back since then do not count
  load.py renew LAB RECORD COUNT     COUNT owners renew what RECORD promises them; prints each that does not get the same

A line of RECORD is a sign, a DUID and a lease: + was promised, - is about to be given back, ! was promised while another had it.
"""
import itertools
import os
import random
import sys
import time

import dhcp6
from scripted_client import Client, Relayed, duid_ll, granted, server_id

WINDOW, PATIENCE_SECONDS, PER_SECOND = 48, 1.0, 500
HOPS = [("2001:db8:b::1", "fe80::aa:1", [])]
ASKED = [dhcp6.ia_na(1), dhcp6.ia_pd(1)]


def path_of(lab):
    return Relayed(f"{lab}-relay1", "2001:db8:ffff::2", "2001:db8:ffff::1", HOPS)


class Load:
    """Up to WINDOW questions on their way at once, one socket."""

    def __init__(self, lab, record):
        self.path = path_of(lab)
        self.path.socket.setblocking(True)
        self.record = open(record, "a", buffering=1)
        self.open = {}       # transaction id -> (deadline, client, type)
        self.bound = {}      # DUID -> its last REPLY
        self.owner = {}      # lease -> DUID
        self.busy = set()    # DUIDs with a question on its way: never two at once, so that the order of events is known
        self.started, self.begun = time.monotonic(), 0
        self.next = int.from_bytes(os.urandom(2), "big") << 32
        self.random = random.Random(1)

    def run(self):
        while True:
            now = time.monotonic()
            while len(self.open) < WINDOW and self.begun < (now - self.started) * PER_SECOND:
                self.begun += 1
                self.begin()
            self.listen()
            for xid in [xid for xid, (deadline, _, _) in self.open.items() if deadline < now]:
                self.busy.discard(self.open.pop(xid)[1].duid)

    def begin(self):
        draw = self.random.random()
        if draw < 0.3 and self.bound:
            duid = self.random.choice(list(itertools.islice(self.bound, 200)))
            if duid in self.busy:
                return
            reply = self.bound[duid]
            client = Client(self.path, duid)
            if draw < 0.2:
                self.send(client, dhcp6.RENEW, server_id(reply), *granted(reply))
            else:
                del self.bound[duid]
                self.give_back(duid, reply)
                self.send(client, dhcp6.RELEASE, server_id(reply), *granted(reply))
        else:
            self.next += 1
            self.send(Client(self.path, duid_ll(self.next & 0xFFFFFFFF)), dhcp6.SOLICIT, *ASKED)

    def send(self, client, type, *options):
        message = client.message(type, [*options, dhcp6.elapsed()])
        self.busy.add(client.duid)
        self.open[message.xid] = time.monotonic() + PATIENCE_SECONDS, client, type
        try:
            self.path.send(self.path.wrap(message.encode()))
        except OSError:
            time.sleep(0.05)  # nobody listens just now

    def listen(self):
        self.path.socket.settimeout(0.02)
        try:
            data = self.path.socket.recv(65535)
        except (TimeoutError, ConnectionRefusedError):
            return
        _, reply = dhcp6.unwrap(data)
        if reply.xid not in self.open:
            return
        _, client, type = self.open.pop(reply.xid)
        self.busy.discard(client.duid)
        if reply.type == dhcp6.ADVERTISE and any(ia.leases for ia in dhcp6.ias(reply)):
            self.send(client, dhcp6.REQUEST, server_id(reply), *granted(reply))
        elif type in (dhcp6.REQUEST, dhcp6.RENEW):
            self.promised(client.duid, reply)

    def promised(self, duid, reply):
        leases = leases_of(reply)
        for lease in leases:
            other = self.owner.get(lease)
            self.note("+" if other in (None, duid) else "!", duid, lease)
            self.owner[lease] = duid
        if leases:
            self.bound[duid] = reply

    def give_back(self, duid, reply):
        for lease in leases_of(reply):
            self.note("-", duid, lease)
            self.owner.pop(lease, None)

    def note(self, sign, duid, lease):
        self.record.write(f"{sign} {duid.hex()} {lease}\n")


def leases_of(reply):
    return [lease[0] for ia in dhcp6.ias(reply) for lease in ia.leases if lease[2] > 0]


def promises(text):
    """{lease: DUID} that stand at the end of the text; a last line cut short does not count."""
    live = {}
    for line in text[:text.rfind("\n") + 1].splitlines():
        sign, duid, lease = line.split()
        if sign == "-":
            live.pop(lease, None)
        else:
            live[lease] = duid
    return live


def lost(record, size, leases):
    text = open(record).read()
    given_back = {line.split()[2] for line in text[size:].splitlines() if line.startswith("-") and line.count(" ") == 2}
    held = set(open(leases).read().split())
    return sorted(set(promises(text[:size])) - held - given_back)


def not_renewed(lab, record, count):
    live = list(promises(open(record).read()).items())
    path = path_of(lab)
    ask = Client(path, duid_ll(1), 10).ask(dhcp6.INFORMATION_REQUEST, dhcp6.elapsed())
    for lease, duid in random.Random(2).sample(live, min(count, len(live))):
        ia = dhcp6.ia_pd(1, [dhcp6.ia_prefix(lease)]) if "/" in lease else dhcp6.ia_na(1, [dhcp6.ia_addr(lease)])
        reply = Client(path, bytes.fromhex(duid), 3).ask(dhcp6.RENEW, server_id(ask), ia, dhcp6.elapsed())
        if reply is None or leases_of(reply) != [lease]:
            yield lease


if __name__ == "__main__":
    if sys.argv[1] == "run":
        Load(*sys.argv[2:4]).run()
    found = lost(sys.argv[2], int(sys.argv[3]), sys.argv[4]) if sys.argv[1] == "lost" \
        else list(not_renewed(sys.argv[2], sys.argv[3], int(sys.argv[4])))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
