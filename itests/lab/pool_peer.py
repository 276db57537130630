# SPDX-License-Identifier: Apache-2.0
"""Pool elements, pool users and registrars (RFC 5352, RFC 5353) who are not the product: their octets are those of pool_wire.py, their TLS is
that of openssl s_client.

  pool_peer.py CARRIER ADDRESS PORT say MESSAGE...    sends them, and prints what comes: a line for each message, then "open" or "closed"
  pool_peer.py CARRIER ADDRESS PORT element POOL:ID:ADDRESS
                                         registers, stays, and answers keep-alives; prints what comes
  pool_peer.py CARRIER ADDRESS PORT registrar ID ADDRESS
                                         is a registrar of that identifier at that address which owns nothing, and agrees to every takeover;
                                         prints what comes, and connects again when it is closed
  pool_peer.py CARRIER ADDRESS PORT resolves|registers|connects FILE POOL:ID:ADDRESS
                                         does so again and again, and writes lines "WHEN SECONDS WHAT" into FILE: when it began, how long until
                                         its answer, resolves, registers or connects (which is a handshake and a resolution); without the
                                         right answer SECONDS is "failed"
  pool_peer.py CARRIER ADDRESS PORT flood SECONDS [ADDRESSES] MESSAGE
                                         sends the message as often as it can; {n} in it is another number each time; prints what was
                                         answered, and how often. Connects again when it is closed. With ADDRESSES ("2001:db8::1000+200")
                                         it sends one message from each of so many addresses, in connections that stay
  pool_peer.py CARRIER ADDRESS PORT record FILE MESSAGE
                                         as say, and keeps in FILE what was sent by TCP: raw:FILE sends that again
  pool_peer.py table CASES FILE...       a table of the times in FILEs; a line of CASES is "TITLE<tab>BEGIN<tab>END"

CARRIER is plain; psk:NAME[:OTHER], which proves to be NAME by its key, or by OTHER's; cert:NAME. With +tls12 there is no other version.
Keys are in POOL_KEYS. MESSAGE is register:POOL:ID:ADDRESS, deregister:POOL:ID, resolve:POOL, unreachable:POOL:ID, presence:ID,
add:ID:POOL:ID:ADDRESS, remove:ID:POOL:ID:ADDRESS (updates by the registrar of the first ID) or raw:FILE; ids are numbers.
"""
import collections
import ipaddress
import os
import queue
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time

import pool_wire as wire

PATIENCE = 3


class Plain:
    """A connection in clear."""

    def __init__(self, address, port):
        self.socket = socket.create_connection((address, port), timeout=10)

    def write(self, octets):
        self.socket.sendall(octets)

    def read(self):
        self.socket.settimeout(None)
        return self.socket.recv(65536)

    def close(self):
        self.socket.close()


class Openssl:
    """A connection of openssl s_client."""

    def __init__(self, kind, address, port):
        kind, _, version = kind.partition("+")
        how, *names = kind.split(":")
        keys = os.environ["POOL_KEYS"]
        command = ["openssl", "s_client", "-quiet", "-no_ign_eof", "-connect", f"[{address}]:{port}", "-tls1_2" if version == "tls12" else "-tls1_3"]
        if how == "psk":
            with open(f"{keys}/{names[-1]}.psk") as file:
                command += ["-psk_identity", f"{names[0]}#1", "-psk", file.read().strip()]
        else:
            command += ["-cert", f"{keys}/{names[0]}.pem", "-key", f"{keys}/{names[0]}.key", "-CAfile", f"{keys}/ca.pem", "-verify_return_error"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)

    def write(self, octets):
        self.process.stdin.write(octets)

    def read(self):
        return self.process.stdout.read(65536)

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Peer:
    """One end of ASAP, or of ENRP; what comes is read by a thread of its own."""

    def __init__(self, kind, address, port, keeps=None):
        """Keeps alive what is registered as (pool, id), if somebody asks."""
        self.enrp, self.keeps = port in (9901, 9902), keeps
        self.carrier = Plain(address, port) if kind == "plain" else Openssl(kind, address, port)
        self.heard = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        rest = b""
        try:
            while octets := self.carrier.read():
                found, rest = wire.frames(rest + octets)
                for each in (wire.Read(octets, self.enrp) for octets in found):
                    if each.name == "keep-alive" and self.keeps:
                        self.send(wire.keep_alive_ack(*self.keeps))
                    self.heard.put(each)
        except (OSError, ValueError, KeyError, struct.error) as failure:
            print(f"no message: {failure!r}", file=sys.stderr)
        self.heard.put(None)

    def send(self, *messages):
        try:
            self.carrier.write(b"".join(messages))
            return True
        except OSError:
            return False

    def hear(self, seconds=PATIENCE):
        """The next message; None if it is over, False if nothing comes."""
        try:
            return self.heard.get(timeout=seconds)
        except queue.Empty:
            return False

    def close(self):
        self.carrier.close()


def encoded(text, number=0):
    word, *rest = text.replace("{n}", str(number)).split(":", 1)
    if word == "raw":
        with open(rest[0], "rb") as file:
            return file.read()
    updates = {"add": wire.ADD_PE, "remove": wire.DEL_PE}
    values = rest[0].split(":", 3 if word in updates else 2)
    if word == "register":
        return wire.registration(values[0], int(values[1]), values[2])
    if word in updates:
        return wire.update(int(values[0]), updates[word], values[1], int(values[2]), values[3])
    if word == "presence":
        return wire.presence(int(values[0]))
    if word == "resolve":
        return wire.resolution(values[0])
    return {"deregister": wire.deregistration, "unreachable": wire.unreachable}[word](values[0], int(values[1]))


def say(kind, address, port, *messages):
    peer = Peer(kind, address, port)
    for each in messages:
        if not peer.send(encoded(each)):
            break
        heard = peer.hear()
        while heard:
            print(heard, flush=True)
            heard = peer.hear(0.3)
        if heard is None:
            print("closed")
            return
    print("closed" if peer.hear(0.5) is None else "open", flush=True)
    peer.close()


def record(kind, address, port, path, message):
    """As say, through somebody who keeps what is sent."""
    listener = socket.create_server(("::1", 0), family=socket.AF_INET6)

    def pass_on(source, target, file):
        try:
            while octets := source.recv(65536):
                if file:
                    file.write(octets)
                target.sendall(octets)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def between():
        near, _ = listener.accept()
        far = socket.create_connection((address, port))
        with open(path, "wb", buffering=0) as file:
            back = threading.Thread(target=pass_on, args=(far, near, None), daemon=True)
            back.start()
            pass_on(near, far, file)
            back.join(5)

    threading.Thread(target=between, daemon=True).start()
    say(kind, "::1", listener.getsockname()[1], message)


def element(kind, address, port, which):
    peer = Peer(kind, address, port, keeps=named(which))
    peer.send(encoded("register:" + which))
    while heard := peer.hear(3600):
        print(f"{time.time():.3f} {heard}", flush=True)
    print("closed", flush=True)


def patiently(kind, address, port):
    """Connects as soon as somebody listens."""
    while True:
        try:
            return Peer(kind, address, port)
        except ConnectionRefusedError:
            time.sleep(0.2)


def registrar(kind, address, port, number, own):
    me = int(number)
    while True:
        peer = patiently(kind, address, port)
        peer.send(wire.presence(me, True, own))
        while (heard := peer.hear(2)) is not None:
            if heard:
                print(f"{time.time():.3f} {heard}", flush=True)
                answer_registrar(peer, me, own, heard)
            else:
                peer.send(wire.presence(me, False, own))
        print("closed", flush=True)
        peer.close()
        time.sleep(0.5)


def answer_registrar(peer, me, own, heard):
    if heard.name == "presence" and heard.flags & 1:
        peer.send(wire.presence(me, False, own))
    elif heard.name == "table-request":
        peer.send(wire.to_registrar(wire.TABLE_RESPONSE, me, heard.server))
    elif heard.name == "list-request":
        peer.send(wire.to_registrar(wire.LIST_RESPONSE, me, heard.server))
    elif heard.name == "init-takeover":
        peer.send(wire.to_registrar(wire.INIT_TAKEOVER_ACK, me, heard.server, heard.target))


def named(which):
    pool, number, _ = which.split(":", 2)
    return pool, int(number)


def answered(peer, name):
    """Whether the next answer of that kind is a good one."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        heard = peer.hear(max(0.01, end - time.monotonic()))
        if not heard:
            return False
        if heard.name == name:
            return not heard.causes
    return False


def again(kind, address, port, path, which, what):
    request = encoded("register:" + which if what == "registers" else "resolve:" + named(which)[0])
    response = "registration-response" if what == "registers" else "resolution-response"
    pause = {"resolves": 0.05, "registers": 0.2, "connects": 0.5}[what]
    peer = None
    with open(path, "a") as file:
        while True:
            begin, steady = time.time(), time.monotonic()
            if peer is None:
                peer = Peer(kind, address, port, keeps=named(which))
            good = peer.send(request) and answered(peer, response)
            took = f"{time.monotonic() - steady:.4f}" if good else "failed"
            file.write(f"{begin:.3f} {took} {what}\n")
            file.flush()
            if what == "connects" or not good:
                peer.close()
                peer = None
            time.sleep(pause)


def flood(kind, address, port, seconds, *rest):
    counts = collections.Counter()
    end = time.monotonic() + float(seconds)
    if len(rest) == 2:
        from_many(kind, address, port, end, rest[0], encoded(rest[1]), counts)
    else:
        from_one(kind, address, port, end, rest[0], counts)
    for name, count in sorted(counts.items()):
        print(count, name, flush=True)


def from_one(kind, address, port, end, text, counts):
    number = 1
    while time.monotonic() < end:
        try:
            peer = Peer(kind, address, port)
        except OSError as failure:
            counts[f"not connected: {failure.strerror}"] += 1
            time.sleep(0.05)
            continue
        counts["connections"] += 1
        is_open = True
        while is_open and time.monotonic() < end:
            batch = [encoded(text, number + i) for i in range(50)]
            number += len(batch)
            is_open = peer.send(*batch)
            counts["sent"] += len(batch) if is_open else 0
            is_open &= count(peer, counts)
        peer.close()


def count(peer, counts):
    while peer.heard.qsize():
        heard = peer.hear(0)
        if heard is None:
            return False
        counts[f"{heard.name} causes={','.join(map(str, heard.causes))}"] += 1
    return True


def from_many(kind, address, port, end, addresses, octets, counts):
    first, many = addresses.split("+")
    first = ipaddress.ip_address(first)
    waiting = collections.deque()
    number = 0
    while time.monotonic() < end:
        connection = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        connection.bind((str(first + number % int(many)), 0))
        number += 1
        connection.settimeout(2)
        try:
            connection.connect((address, port))
            connection.sendall(octets)
            counts["connections"] += 1
            waiting.append(connection)
        except OSError as failure:
            counts[f"not connected: {failure.strerror or failure}"] += 1
            connection.close()
        if len(waiting) > 150:
            waiting.popleft().close()


def table(cases, *files):
    times = []
    for path in files:
        with open(path) as file:
            times += [line.split() for line in file if line.endswith("\n")]
    kinds = ["resolves", "registers", "connects"]
    print("| while | " + " | ".join(f"{each}: median, longest (ms)" for each in kinds) + " |\n|---|---|---|---|")
    bad = 0
    with open(cases) as file:
        for title, begin, end in (line.rstrip("\n").split("\t") for line in file):
            cells = []
            for kind in kinds:
                took = [row[1] for row in times if row[2] == kind and float(begin) <= float(row[0]) <= float(end)]
                good = [1000 * float(each) for each in took if each != "failed"]
                failed = len(took) - len(good)
                cells.append(f"{len(good)}: {statistics.median(good):.1f}, {max(good):.0f}" if good else "none")
                cells[-1] += f", {failed} failed" if failed else ""
                bad += failed + (not good) + any(each > 3000 for each in good)
            print(f"| {title} | " + " | ".join(cells) + " |")
    return bad > 0


if __name__ == "__main__":
    if sys.argv[1] == "table":
        sys.exit(table(*sys.argv[2:]))
    carrier, to, to_port, do, *words = sys.argv[1:]
    if do in ("resolves", "registers", "connects"):
        again(carrier, to, int(to_port), *words, do)
    else:
        {"say": say, "record": record, "element": element, "registrar": registrar, "flood": flood}[do](carrier, to, int(to_port), *words)
