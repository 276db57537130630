# SPDX-License-Identifier: Apache-2.0
"""A DHCPv4 client, or the relay before it, as a script. It speaks in Ethernet frames, so that it needs no address and sees
what is sent to a hardware address that no interface has."""
import ctypes
import os
import select
import socket
import struct
import time

import dhcp4
from dhcp4 import EVERYWHERE, NOWHERE
from scripted_client import OnHost

CLIENT, SERVER = 68, 67
ETH_P_ALL, IPV4, ARP = 3, 0x0800, 0x0806
BROADCAST = b"\xff" * 6
SO_RCVBUFFORCE, SO_ATTACH_FILTER = 33, 26


def mac(number):
    """A hardware address that no host of the lab has."""
    return b"\x02\xbb" + struct.pack("!I", number)


def ports(lab_out):
    """{(host, interface): hardware address} of the lab."""
    lines = (line.split("\t") for line in open(f"{lab_out}/ports.tsv"))
    return {(host, interface): bytes.fromhex(hardware.replace(":", "")) for host, interface, _, hardware, *_ in lines}


class Wire:
    """The cable of one interface of a host."""

    def __init__(self, namespace, interface):
        with OnHost(namespace):
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
            self.socket.bind((interface, ETH_P_ALL))
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20)
        self.addresses = {}  # IPv4 address -> hardware address: what ARP is answered for

    def take_only(self, prefix):
        """From now on the kernel passes on what is for hardware addresses that begin with these two octets, and ARP."""
        code = [(0x28, 0, 0, 0), (0x15, 2, 0, int.from_bytes(prefix, "big")),  # ldh [0]; jeq prefix
                (0x28, 0, 0, 12), (0x15, 0, 1, ARP),                           # ldh [12]; jeq ARP
                (0x06, 0, 0, 65535), (0x06, 0, 0, 0)]                          # ret whole; ret nothing
        program = b"".join(struct.pack("HBBI", *line) for line in code)
        memory = ctypes.create_string_buffer(program)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(code), ctypes.addressof(memory)))

    def send(self, hardware_source, hardware_target, packet):
        self.socket.send(hardware_target + hardware_source + struct.pack("!H", IPV4) + packet)

    def receive(self, end):
        """(hardware target, Datagram) of the next UDP datagram that came in, or None when the time is over."""
        while (rest := end - time.monotonic()) > 0:
            if not select.select([self.socket], [], [], rest)[0]:
                return None
            frame, (_, _, direction, *_) = self.socket.recvfrom(65535)
            if direction == socket.PACKET_OUTGOING or len(frame) < 34:
                continue
            protocol, = struct.unpack_from("!H", frame, 12)
            if protocol == ARP:
                self.answer_arp(frame)
            elif protocol == IPV4:
                try:
                    return frame[:6], dhcp4.Datagram(frame[14:])
                except (ValueError, struct.error):
                    pass
        return None

    def answer_arp(self, frame):
        operation, asker, asker_address, _, asked = struct.unpack_from("!H6s4s6s4s", frame, 20)
        here = self.addresses.get(socket.inet_ntoa(asked))
        if operation == 1 and here and asker_address != b"\0\0\0\0":
            self.socket.send(asker + here + struct.pack("!HHHBBH", ARP, 1, IPV4, 6, 4, 2) + here + asked + asker + asker_address)


class Direct:
    """A client on its link. Without an address it broadcasts from 0.0.0.0; `source` and `target` make it an ordinary host."""

    def __init__(self, wire, server_hardware):
        self.wire, self.server_hardware = wire, server_hardware
        self.source, self.target = NOWHERE, EVERYWHERE

    def send(self, client, data):
        hardware = BROADCAST if self.target == EVERYWHERE else self.server_hardware
        self.wire.send(client.hardware, hardware, dhcp4.udp_packet(self.source, self.target, (CLIENT, SERVER), data))

    def fill(self, message):
        pass

    def fits(self, datagram):
        return datagram.ports[1] == CLIENT


class Relayed:
    """A relay agent with an address on the client's link (giaddr) and option 82, on its own cable to the server."""

    def __init__(self, wire, hardware, server_hardware, server, giaddr, info=None, source=None, port=SERVER):
        self.wire, self.hardware, self.server_hardware, self.server = wire, hardware, server_hardware, server
        self.giaddr, self.info, self.source, self.port = giaddr, info, source or giaddr, port

    def send(self, client, data):
        self.wire.send(self.hardware, self.server_hardware, dhcp4.udp_packet(self.source, self.server, (self.port, SERVER), data))

    def fill(self, message):
        message.giaddr, message.hops = self.giaddr, message.hops + 1
        if self.info is not None:
            message.options.append(self.info)

    def fits(self, datagram):
        return datagram.ports[1] == self.port


class Client:
    """Asks over a path and waits for the answer that fits."""

    def __init__(self, path, hardware, client_id=None, timeout=1.0):
        self.path, self.hardware, self.client_id, self.timeout = path, hardware, client_id, timeout
        self.xid = int.from_bytes(os.urandom(4), "big")
        self.hardware_target, self.datagram = None, None

    def message(self, type, options, **fields):
        self.xid = (self.xid + 1) & 0xFFFFFFFF
        head = [(dhcp4.TYPE, bytes([type]))] if type else []
        tail = [(dhcp4.CLIENT_ID, self.client_id)] if self.client_id is not None else []
        message = dhcp4.Message(fields.pop("op", 1), self.xid, self.hardware, [*head, *options, *tail], **fields)
        self.path.fill(message)
        return message

    def ask(self, type, *options, timeout=None, in_file=(), in_sname=(), **fields):
        """The answer, or None after the timeout."""
        message = self.message(type, options, **fields)
        self.path.send(self, message.encode(in_file, in_sname))
        return self.answer(message.xid, timeout)

    def answer(self, xid, timeout=None):
        """Of a server's answer to that transaction also how it came: self.hardware_target and self.datagram."""
        end = time.monotonic() + (timeout or self.timeout)
        while (found := self.path.wire.receive(end)) is not None:
            if not self.path.fits(found[1]):
                continue
            try:
                reply = dhcp4.Message.decode(found[1].payload)
            except (ValueError, struct.error):
                continue
            if reply.op == 2 and reply.xid == xid:
                self.hardware_target, self.datagram = found
                return reply
        return None

    def lease(self, *options, **fields):
        """The usual four messages; the ACK, or the last answer that was none, or None."""
        offer = self.ask(dhcp4.DISCOVER, *options, **fields)
        if offer is None or offer.type != dhcp4.OFFER or offer.yiaddr == NOWHERE:
            return offer
        return self.ask(dhcp4.REQUEST, *granted(offer, options), **fields)


def granted(offer, options=()):
    """How the offered address is asked for, options 50 and 54, with what else was asked for."""
    return [*[option for option in options if option[0] != dhcp4.REQUESTED],
            dhcp4.requested(offer.yiaddr), (dhcp4.SERVER_ID, offer.get(dhcp4.SERVER_ID) or b"")]
