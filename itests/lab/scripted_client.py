# SPDX-License-Identifier: Apache-2.0
"""A DHCPv6 client, and the relays before it, as a script: it says what it is told to say and hands back what it hears."""
import ctypes
import os
import socket
import struct
import time

import dhcp6

CLIENT_PORT, SERVER_PORT = 546, 547
ALL_SERVERS = "ff02::1:2"


class OnHost:
    """Inside a `with` block, sockets are opened on a host of the lab (its network namespace)."""

    def __init__(self, namespace):
        self.namespace = namespace

    def __enter__(self):
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.namespace}", os.O_RDONLY)
        enter(there)
        os.close(there)

    def __exit__(self, *_):
        enter(self.home)
        os.close(self.home)


def enter(descriptor):
    if ctypes.CDLL(None, use_errno=True).setns(descriptor, 0) != 0:
        raise OSError(ctypes.get_errno(), "setns")


class Direct:
    """A client's own socket on a link: link-local address, multicast to the server."""

    def __init__(self, namespace, interface, address):
        with OnHost(namespace):
            self.scope = socket.if_nametoindex(interface)
            self.socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            self.socket.bind((address, CLIENT_PORT, 0, self.scope))
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, self.scope)

    def send(self, data):
        self.socket.sendto(data, (ALL_SERVERS, SERVER_PORT, 0, self.scope))

    def wrap(self, data):
        return data

    def unwrap(self, data):
        return [], dhcp6.decode(data)


class Relayed:
    """A relay's socket on a host, and the chain of relay messages that it puts around a client's message.

    hops are (link address, peer address, options) from the innermost relay to the outermost.
    """

    def __init__(self, namespace, address, server, hops, port=SERVER_PORT):
        self.server, self.hops = server, hops
        with OnHost(namespace):
            self.socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.socket.bind((address, port))

    def send(self, data):
        self.socket.sendto(data, (self.server, SERVER_PORT))

    def wrap(self, data):
        for count, (link, peer, options) in enumerate(self.hops):
            data = dhcp6.Relay(dhcp6.RELAY_FORW, count, packed(link), packed(peer),
                               list(options) + [(dhcp6.RELAY_MSG, data)]).encode()
        return data

    def unwrap(self, data):
        return dhcp6.unwrap(data)


def packed(address):
    return socket.inet_pton(socket.AF_INET6, address)


def duid_ll(number):
    """A DUID-LL with a hardware address that no host of the lab has."""
    return struct.pack("!HH", 3, 1) + mac(number)


def mac(number):
    return b"\x02\xaa" + struct.pack("!I", number)


class Client:
    """Asks over a path (Direct or Relayed) and waits for the answer that fits."""

    def __init__(self, path, duid, timeout=1.0):
        self.path, self.duid, self.timeout = path, duid, timeout
        self.xid = int.from_bytes(os.urandom(3), "big")
        self.relays = []

    def message(self, type, options, client_id=True):
        self.xid = (self.xid + 1) & 0xFFFFFF
        head = [(dhcp6.CLIENTID, self.duid)] if client_id else []
        return dhcp6.Message(type, self.xid, head + list(options))

    def ask(self, type, *options, client_id=True, timeout=None):
        """The answer, or None after the timeout. The relay messages around it are in self.relays."""
        message = self.message(type, options, client_id)
        return self.exchange(self.path.wrap(message.encode()), message.xid, timeout)

    def exchange(self, data, xid, timeout=None):
        self.path.send(data)
        end = time.monotonic() + (timeout or self.timeout)
        while True:
            rest = end - time.monotonic()
            if rest <= 0:
                return None
            self.path.socket.settimeout(rest)
            try:
                answer = self.path.socket.recv(65535)
            except TimeoutError:
                return None
            self.relays, reply = self.path.unwrap(answer)
            if reply.xid == xid:
                return reply

    def lease(self, *ias):
        """The usual four messages; the REPLY, or the last answer that had no lease, or None."""
        advertise = self.ask(dhcp6.SOLICIT, *ias, dhcp6.elapsed())
        if advertise is None or not any(ia.leases for ia in dhcp6.ias(advertise)):
            return advertise
        return self.ask(dhcp6.REQUEST, server_id(advertise), *granted(advertise), dhcp6.elapsed())


def server_id(message):
    return dhcp6.SERVERID, message.get(dhcp6.SERVERID)


def granted(message):
    """The IA options of an answer, as the client gives them back."""
    return [(code, value) for code, value in message.options if code in (dhcp6.IA_NA, dhcp6.IA_PD)]
