# SPDX-License-Identifier: Apache-2.0
"""Many clients on one link, each with an address and a prefix, who renew, rebind, go and come. In the network namespace it is run in:

  crowd.py ADDRESS INTERFACE DIRECTORY COUNT [FIRST]

FIRST is the number of the first client, so that several crowds have different ones (1). They begin within ten seconds. Then, each second, some go, half of them without a word, and others come for them, unless there is a
file DIRECTORY/calm. Written are, a line each, with times in seconds since the epoch:

  grants.tsv    from, until, client, address or prefix, server, valid lifetime: what a client was promised and took
  returns.tsv   when, client, address or prefix: what it gave back
  wants.tsv     from, until, client, what (renew, new), how it ended (renewed, rebound, new, gone), seconds without an address meanwhile
  now           how many have an address, how many have a prefix, how many want an answer
"""
import heapq
import itertools
import os
import random
import select
import struct
import sys
import time

import dhcp6
from scripted_client import ALL_SERVERS, CLIENT_PORT, SERVER_PORT, duid_ll, granted, server_id

IAID = 1
BEGIN_SECONDS = 10
GOING_PER_SECOND = 4
# Real clients repeat a RENEW after 10 s, then later and later (RFC 8415 section 7.6); here all is as short as the leases.
FIRST_SECONDS, MOST_SECONDS = 1.0, 4.0
REQUESTS = 5


class Member:
    """One client: what it has, and what it wants since when."""

    def __init__(self, number):
        self.duid = duid_ll(number)
        self.name = self.duid.hex()
        self.address = self.prefix = None      # (text, valid until)
        self.server = None
        self.rebinds = 0.0
        self.offer = None
        self.asking = None                     # message type that waits for its answer
        self.xid = 0
        self.pause = FIRST_SECONDS
        self.tries = 0
        self.since = None                      # wants an answer since
        self.what = "new"
        self.naked = None                      # has no address since, though it had one
        self.turn = 0                          # of the timer that counts
        self.gone = False

    def has_address(self, now):
        return self.address is not None and self.address[1] > now


class Crowd:
    def __init__(self, path, directory, count, first=1):
        self.path, self.directory, self.count = path, directory, count
        self.numbers = itertools.count(first)
        self.members, self.open, self.timers = [], {}, []
        self.serial, self.xids = itertools.count(), itertools.count(int.from_bytes(os.urandom(2), "big") << 8)
        self.random = random.Random(1)
        self.grants, self.returns, self.wants = (open(f"{directory}/{name}.tsv", "w", buffering=1) for name in ("grants", "returns", "wants"))
        self.begun = time.time()
        self.gone, self.told = 0.0, 0.0

    def run(self):
        before = time.time()
        while True:
            now = time.time()
            while len(self.members) < self.count and len(self.members) < (now - self.begun) * self.count / BEGIN_SECONDS:
                self.come(len(self.members), now)
            self.gone = min(self.gone + (now - before) * GOING_PER_SECOND, GOING_PER_SECOND)
            before = now
            if len(self.members) == self.count and self.gone >= 1 and not os.path.exists(f"{self.directory}/calm"):
                self.gone -= 1
                self.replace(self.random.randrange(self.count), now)
            self.tell(now)
            while self.timers and self.timers[0][0] <= now:
                _, _, member, turn = heapq.heappop(self.timers)
                if turn == member.turn and not member.gone:
                    self.due(member, now)
            wait = self.timers[0][0] - time.time() if self.timers else 0.02
            if select.select([self.path.socket], [], [], min(max(wait, 0), 0.02))[0]:
                self.hear()

    def come(self, place, now):
        member = Member(next(self.numbers))
        self.members[place:place + 1] = [member]
        self.want(member, "new", now)
        self.solicit(member, now)

    def replace(self, place, now):
        """One that is content goes, and another one comes."""
        member = self.members[place]
        if member.since is not None or not member.has_address(now):
            return
        if self.random.random() < 0.5:
            for lease in (member.address, member.prefix):
                if lease:
                    self.returns.write(f"{now:.3f}\t{member.name}\t{lease[0]}\n")
            member.xid = next(self.xids) & 0xFFFFFF
            self.transmit(member, dhcp6.RELEASE, [(dhcp6.SERVERID, member.server), *self.associations(member)])
        self.close(member)
        member.gone = True
        self.come(place, now)

    def want(self, member, what, now):
        if member.since is None:
            member.since, member.what = now, what

    def solicit(self, member, now):
        member.offer = member.address = member.prefix = None
        self.begin(member, dhcp6.SOLICIT, now)

    def begin(self, member, asking, now):
        self.close(member)
        member.asking, member.pause, member.tries = asking, FIRST_SECONDS, 0
        member.xid = next(self.xids) & 0xFFFFFF
        self.open[member.xid] = member
        self.send(member, now)

    def close(self, member):
        self.open.pop(member.xid, None)
        member.asking = None
        member.turn += 1

    def send(self, member, now):
        """Once more, and again after a pause, or when something is over."""
        member.tries += 1
        ends = []
        if member.asking == dhcp6.SOLICIT:
            options = [dhcp6.ia_na(IAID), dhcp6.ia_pd(IAID)]
        elif member.asking == dhcp6.REQUEST:
            options = [server_id(member.offer), *granted(member.offer)]
        else:
            ends = [member.address[1]] if member.asking == dhcp6.REBIND else [member.rebinds, member.address[1]]
            head = [] if member.asking == dhcp6.REBIND else [(dhcp6.SERVERID, member.server)]
            options = [*head, *self.associations(member)]
        self.transmit(member, member.asking, options, now)
        self.wake(member, min([now + member.pause * self.random.uniform(0.9, 1.1), *ends]))
        member.pause = min(member.pause * 2, MOST_SECONDS)

    def associations(self, member):
        return [dhcp6.ia_na(IAID, [dhcp6.ia_addr(member.address[0])]),
                dhcp6.ia_pd(IAID, [dhcp6.ia_prefix(member.prefix[0])] if member.prefix else [])]

    def transmit(self, member, type, options, now=None):
        elapsed = 0 if now is None or member.since is None else min(int((now - member.since) * 100), 0xFFFF)
        message = dhcp6.Message(type, member.xid, [(dhcp6.CLIENTID, member.duid), *options, dhcp6.elapsed(elapsed)])
        try:
            self.path.send(message.encode())
        except OSError:
            pass  # as if it were lost on the way

    def wake(self, member, at):
        member.turn += 1
        heapq.heappush(self.timers, (at, next(self.serial), member, member.turn))

    def due(self, member, now):
        if member.asking is None:
            self.want(member, "renew", now)
            self.begin(member, dhcp6.RENEW, now)
        elif member.asking in (dhcp6.RENEW, dhcp6.REBIND) and not member.has_address(now):
            member.naked = member.address[1]
            self.solicit(member, now)
        elif member.asking == dhcp6.RENEW and now >= member.rebinds:
            self.begin(member, dhcp6.REBIND, now)
        elif member.asking == dhcp6.REQUEST and member.tries >= REQUESTS:
            self.solicit(member, now)
        else:
            self.send(member, now)

    def hear(self):
        try:
            reply = dhcp6.Message.decode(self.path.socket.recv(65535))
        except (OSError, ValueError, struct.error):
            return
        member = self.open.get(reply.xid)
        if member is None or reply.get(dhcp6.CLIENTID) != member.duid:
            return
        now = time.time()
        if reply.type == dhcp6.ADVERTISE and member.asking == dhcp6.SOLICIT and leases(reply, dhcp6.IA_NA):
            member.offer = reply
            self.begin(member, dhcp6.REQUEST, now)
        elif reply.type == dhcp6.REPLY and member.asking != dhcp6.SOLICIT:
            self.answered(member, reply, now)

    def answered(self, member, reply, now):
        addresses, prefixes = leases(reply, dhcp6.IA_NA), leases(reply, dhcp6.IA_PD)
        if addresses:
            self.promised(member, reply, addresses[0], prefixes[0] if prefixes else None, now)
        elif member.asking in (dhcp6.RENEW, dhcp6.REBIND):  # it is not the client's any more
            member.naked = now
            self.solicit(member, now)
        else:
            self.solicit(member, now)

    def promised(self, member, reply, address, prefix, now):
        server = reply.get(dhcp6.SERVERID)
        for lease in (address, prefix):
            if lease:
                self.grants.write(f"{now:.3f}\t{now + lease[2]:.3f}\t{member.name}\t{lease[0]}\t{server.hex()}\t{lease[2]}\n")
        how = {dhcp6.RENEW: "renewed", dhcp6.REBIND: "rebound"}.get(member.asking, "new")
        naked = 0 if member.naked is None else now - member.naked
        self.wants.write(f"{member.since:.3f}\t{now:.3f}\t{member.name}\t{member.what}\t{how}\t{naked:.3f}\n")
        self.close(member)
        member.address = address[0], now + address[2]
        # A prefix that a server does not know stays the client's until its time is over (RFC 8415 section 18.2.10.1).
        if prefix:
            member.prefix = prefix[0], now + prefix[2]
        elif member.prefix and (member.prefix[1] <= now or ended(reply, member.prefix[0])):
            member.prefix = None
        member.server, member.since, member.naked = server, None, None
        ia = dhcp6.ias(reply)[0]
        member.rebinds = now + (ia.t2 or address[1] * 0.8)
        self.wake(member, now + (ia.t1 or address[1] * 0.5))

    def tell(self, now):
        if now - self.told < 0.25:
            return
        self.told = now
        have = sum(m.has_address(now) for m in self.members)
        prefixes = sum(m.prefix is not None for m in self.members)
        text = f"{have} {prefixes} {sum(m.since is not None for m in self.members)}\n"
        with open(f"{self.directory}/now.new", "w") as file:
            file.write(text)
        os.replace(f"{self.directory}/now.new", f"{self.directory}/now")


def leases(reply, kind):
    return [lease for ia in dhcp6.ias(reply) if ia.code == kind for lease in ia.leases if lease[2] > 0]


def ended(reply, text):
    return any(lease[0] == text and lease[2] == 0 for ia in dhcp6.ias(reply) for lease in ia.leases)


class Here:
    """A client's socket, in this namespace."""

    def __init__(self, address, interface):
        import socket
        scope = socket.if_nametoindex(interface)
        self.socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind((address, CLIENT_PORT, 0, scope))
        self.to = ALL_SERVERS, SERVER_PORT, 0, scope

    def send(self, data):
        self.socket.sendto(data, self.to)


if __name__ == "__main__":
    Crowd(Here(*sys.argv[1:3]), sys.argv[3], *map(int, sys.argv[4:])).run()
