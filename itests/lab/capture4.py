# SPDX-License-Identifier: Apache-2.0
"""The DHCPv4 exchanges in a capture of the server's interfaces; see capture.py."""
import struct

import dhcp4
import pcap


class Exchange:
    """One message of a client and its answer, if there was one. The client is its hardware address."""

    def __init__(self, seconds, message):
        self.seconds, self.message = seconds, message
        self.client = message.chaddr.hex(":")
        self.answer, self.millis = None, None

    def kind(self):
        if self.message.type == dhcp4.REQUEST and self.message.ciaddr != dhcp4.NOWHERE:
            return "RENEW"
        if self.message.type == dhcp4.REQUEST and self.message.get(dhcp4.SERVER_ID) is None:
            return "REBOOT"
        return dhcp4.type_name(self.message.type)

    def outcome(self):
        """Nobody answers a RELEASE (RFC 2131 4.3.4)."""
        if self.message.type == dhcp4.RELEASE:
            return "sent"
        return "no answer" if self.answer is None else dhcp4.type_name(self.answer.type)

    def good(self):
        return self.outcome() in ("sent", "OFFER", "ACK")

    def leases(self):
        """(address, "", lease time) of the answer."""
        if self.answer is None or self.answer.yiaddr == dhcp4.NOWHERE:
            return [(self.message.ciaddr, "", "")]
        return [(self.answer.yiaddr, "", dhcp4.number(self.answer.get(dhcp4.LEASE_TIME) or b""))]

    def repeated(self, seconds, message):
        """The same question, still open or sent twice at once, and not one that took the same transaction id later."""
        return Exchange(seconds, message).kind() == self.kind() and (self.answer is None or seconds - self.seconds < 1)


def messages(path):
    """(seconds, message) of each DHCPv4 message."""
    for seconds, packet, _ in pcap.packets(path, pcap.IPV4):
        try:
            yield seconds, dhcp4.Message.decode(dhcp4.Datagram(packet).payload)
        except (ValueError, IndexError, struct.error):
            continue


def exchanges(path):
    """A question that came twice, by unicast and by way of a relay that listens too, is one exchange."""
    open_ones, result = {}, []
    for seconds, message in messages(path):
        key = message.chaddr, message.xid
        if message.op == 1 and not (key in open_ones and open_ones[key].repeated(seconds, message)):
            open_ones[key] = Exchange(seconds, message)
            result.append(open_ones[key])
        elif message.op == 2 and key in open_ones and open_ones[key].answer is None:
            open_ones[key].answer, open_ones[key].millis = message, (seconds - open_ones[key].seconds) * 1000
    return result
