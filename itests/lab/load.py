# SPDX-License-Identifier: Apache-2.0
"""Many clients behind one relay that obtain, renew and release, and a record of every lease that was promised to one of them.

  load.py run LAB LAB_OUT RECORD FAMILY...   works until it is ended, with clients of those protocols (6, 4); RECORD gets a line per
                                             promise, written before anything else happens
  load.py lost RECORD BYTES LEASES           prints each lease that the first BYTES of RECORD promise and LEASES (one a line) lacks;
                                             leases given back since then do not count
  load.py renew LAB LAB_OUT RECORD COUNT     COUNT owners renew what RECORD promises them; prints each that does not get the same

A line of RECORD is a sign, a client and a lease: + was promised, - is about to be given back, ! was promised while another had it.
"""
import itertools
import os
import random
import select
import sys
import time

from load_sides import Side4, Side6

WINDOW, PATIENCE_SECONDS, PER_SECOND = 48, 1.0, 500
SIDES = {"6": Side6, "4": Side4}


class Load:
    """Up to WINDOW questions on their way at once."""

    def __init__(self, lab, out, record, *families):
        self.sides = [SIDES[family](lab, out) for family in families]
        self.record = open(record, "a", buffering=1)
        self.open = {}       # side, transaction id -> (deadline, client, is a promise expected)
        self.bound = {side: {} for side in self.sides}  # client -> its last answer
        self.owner = {}      # lease -> client
        self.busy = set()    # clients with a question on its way: never two at once, so that the order of events is known
        self.started, self.begun = time.monotonic(), 0
        self.next = int.from_bytes(os.urandom(2), "big") << 32
        self.random = random.Random(1)

    def run(self):
        while True:
            now = time.monotonic()
            while len(self.open) < WINDOW and self.begun < (now - self.started) * PER_SECOND:
                self.begun += 1
                self.begin(self.sides[self.begun % len(self.sides)])
            self.listen()
            for key in [key for key, (deadline, _, _) in self.open.items() if deadline < now]:
                self.busy.discard(self.open.pop(key)[1])

    def begin(self, side):
        draw, bound = self.random.random(), self.bound[side]
        if draw >= 0.3 or not bound:
            self.next += 1
            client = side.name(self.next & 0xFFFFFFFF)
            self.send(side, client, side.ask(client), False)
            return
        client = self.random.choice(list(itertools.islice(bound, 200)))
        if client in self.busy:
            return
        if draw < 0.2:
            self.send(side, client, side.renew(client, bound[client]), True)
        else:
            reply = bound.pop(client)
            self.give_back(side, client, reply)
            self.send(side, client, side.release(client, reply), False)

    def send(self, side, client, question, promise):
        xid, data = question
        self.busy.add(client)
        self.open[side, xid] = time.monotonic() + PATIENCE_SECONDS, client, promise
        try:
            side.send(client, data)
        except OSError:
            time.sleep(0.05)  # nobody listens just now

    def listen(self):
        ready = select.select([side.socket for side in self.sides], [], [], 0.02)[0]
        for side in self.sides:
            if side.socket in ready:
                reply = side.receive()
                if reply is not None and (side, reply.xid) in self.open:
                    self.heard(side, reply)

    def heard(self, side, reply):
        _, client, promise = self.open.pop((side, reply.xid))
        self.busy.discard(client)
        if side.offers(reply):
            self.send(side, client, side.take(client, reply), True)
        elif promise and side.promises(reply):
            self.promised(side, client, reply)

    def promised(self, side, client, reply):
        leases = side.leases(reply)
        for lease in leases:
            other = self.owner.get(lease)
            self.note("+" if other in (None, client) else "!", client, lease)
            self.owner[lease] = client
        if leases:
            self.bound[side][client] = reply

    def give_back(self, side, client, reply):
        for lease in side.leases(reply):
            self.note("-", client, lease)
            self.owner.pop(lease, None)

    def note(self, sign, client, lease):
        self.record.write(f"{sign} {client.hex()} {lease}\n")


def promises(text):
    """{lease: client} that stand at the end of the text; a last line cut short does not count."""
    live = {}
    for line in text[:text.rfind("\n") + 1].splitlines():
        sign, client, lease = line.split()
        if sign == "-":
            live.pop(lease, None)
        else:
            live[lease] = client
    return live


def lost(record, size, leases):
    text = open(record).read()
    given_back = {line.split()[2] for line in text[size:].splitlines() if line.startswith("-") and line.count(" ") == 2}
    held = set(open(leases).read().split())
    return sorted(set(promises(text[:size])) - held - given_back)


def not_renewed(lab, out, record, count):
    live = list(promises(open(record).read()).items())
    sides = {family: SIDES[family](lab, out) for family in {family_of(lease) for lease, _ in live}}
    for lease, client in random.Random(2).sample(live, min(count, len(live))):
        if not sides[family_of(lease)].renews(bytes.fromhex(client), lease):
            yield lease


def family_of(lease):
    return "6" if ":" in lease else "4"


if __name__ == "__main__":
    if sys.argv[1] == "run":
        Load(*sys.argv[2:]).run()
    found = lost(sys.argv[2], int(sys.argv[3]), sys.argv[4]) if sys.argv[1] == "lost" \
        else list(not_renewed(*sys.argv[2:5], int(sys.argv[5])))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
