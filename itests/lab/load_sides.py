# SPDX-License-Identifier: Apache-2.0
"""The two protocols as load.py needs them: what a client says, by way of a relay, and which leases an answer promises.

A client is named by its DUID or its hardware address. Each question is (transaction id, octets)."""
import struct
import time

import dhcp4
import dhcp6
import scripted_client4
from scripted_client import Client, Relayed, duid_ll, granted, server_id


class Side6:
    def __init__(self, lab, _out):
        self.path = Relayed(f"{lab}-relay1", "2001:db8:ffff::2", "2001:db8:ffff::1", [("2001:db8:b::1", "fe80::aa:1", [])])
        self.socket = self.path.socket
        self.server = None

    name = staticmethod(duid_ll)

    def say(self, duid, type, *options):
        message = Client(self.path, duid).message(type, [*options, dhcp6.elapsed()])
        return message.xid, self.path.wrap(message.encode())

    def ask(self, duid):
        return self.say(duid, dhcp6.SOLICIT, dhcp6.ia_na(1), dhcp6.ia_pd(1))

    def take(self, duid, offer):
        return self.say(duid, dhcp6.REQUEST, server_id(offer), *granted(offer))

    def renew(self, duid, reply):
        return self.say(duid, dhcp6.RENEW, server_id(reply), *granted(reply))

    def release(self, duid, reply):
        return self.say(duid, dhcp6.RELEASE, server_id(reply), *granted(reply))

    def send(self, duid, data):
        self.path.send(data)

    def receive(self):
        """An answer that has come, or None."""
        self.socket.settimeout(0)
        try:
            return dhcp6.unwrap(self.socket.recv(65535))[1]
        except (BlockingIOError, ConnectionRefusedError):
            return None

    @staticmethod
    def offers(reply):
        return reply.type == dhcp6.ADVERTISE and bool(Side6.leases(reply))

    @staticmethod
    def promises(reply):
        return reply.type == dhcp6.REPLY

    @staticmethod
    def leases(reply):
        return [lease[0] for ia in dhcp6.ias(reply) for lease in ia.leases if lease[2] > 0]

    def renews(self, duid, lease):
        """Does the owner get its lease again?"""
        if self.server is None:
            self.server = Client(self.path, duid_ll(1), 10).ask(dhcp6.INFORMATION_REQUEST, dhcp6.elapsed())
        ia = dhcp6.ia_pd(1, [dhcp6.ia_prefix(lease)]) if "/" in lease else dhcp6.ia_na(1, [dhcp6.ia_addr(lease)])
        reply = Client(self.path, duid, 3).ask(dhcp6.RENEW, server_id(self.server), ia, dhcp6.elapsed())
        return reply is not None and self.leases(reply) == [lease]


class Side4:
    def __init__(self, lab, out):
        hardware = scripted_client4.ports(out)
        self.path = scripted_client4.Relayed(scripted_client4.Wire(f"{lab}-relay1", "core"), hardware["relay1", "core"],
                                             hardware["server", "core"], "10.255.0.1", "10.2.0.1")
        self.socket = self.path.wire.socket

    name = staticmethod(scripted_client4.mac)

    def say(self, hardware, type, *options, **fields):
        message = scripted_client4.Client(self.path, hardware).message(type, options, **fields)
        return message.xid, message.encode()

    def ask(self, hardware):
        return self.say(hardware, dhcp4.DISCOVER)

    def take(self, hardware, offer):
        return self.say(hardware, dhcp4.REQUEST, *scripted_client4.granted(offer))

    def renew(self, hardware, reply):
        return self.say(hardware, dhcp4.REQUEST, ciaddr=reply.yiaddr)

    def release(self, hardware, reply):
        return self.say(hardware, dhcp4.RELEASE, (dhcp4.SERVER_ID, reply.get(dhcp4.SERVER_ID)), ciaddr=reply.yiaddr)

    def send(self, hardware, data):
        self.path.send(None, data)

    def receive(self):
        found = self.path.wire.receive(time.monotonic() + 0.001)
        if found is None or not self.path.fits(found[1]):
            return None
        try:
            reply = dhcp4.Message.decode(found[1].payload)
        except (ValueError, struct.error):
            return None
        return reply if reply.op == 2 else None

    @staticmethod
    def offers(reply):
        return reply.type == dhcp4.OFFER

    @staticmethod
    def promises(reply):
        return reply.type == dhcp4.ACK

    @staticmethod
    def leases(reply):
        return [reply.yiaddr] if reply.yiaddr != dhcp4.NOWHERE and reply.type in (dhcp4.OFFER, dhcp4.ACK) else []

    def renews(self, hardware, lease):
        reply = scripted_client4.Client(self.path, hardware, timeout=3).ask(dhcp4.REQUEST, ciaddr=lease)
        return reply is not None and self.promises(reply) and self.leases(reply) == [lease]
