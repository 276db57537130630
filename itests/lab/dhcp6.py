# SPDX-License-Identifier: Apache-2.0
"""A small DHCPv6 encoder and decoder (RFC 8415), independent of the server's, for the lab's scripted clients.

Options are lists of (code, bytes). Nothing here is strict: tests send wrong messages on purpose.
"""
import ipaddress
import struct

SOLICIT, ADVERTISE, REQUEST, CONFIRM, RENEW, REBIND, REPLY, RELEASE, DECLINE, RECONFIGURE = range(1, 11)
INFORMATION_REQUEST, RELAY_FORW, RELAY_REPL = 11, 12, 13
TYPE_NAMES = {
    1: "SOLICIT", 2: "ADVERTISE", 3: "REQUEST", 4: "CONFIRM", 5: "RENEW", 6: "REBIND", 7: "REPLY", 8: "RELEASE",
    9: "DECLINE", 10: "RECONFIGURE", 11: "INFORMATION-REQUEST", 12: "RELAY-FORW", 13: "RELAY-REPL",
}
STATUS_NAMES = {
    0: "Success", 1: "UnspecFail", 2: "NoAddrsAvail", 3: "NoBinding", 4: "NotOnLink", 5: "UseMulticast",
    6: "NoPrefixAvail",
}
CLIENTID, SERVERID, IA_NA, IA_TA, IAADDR, ORO, PREFERENCE, ELAPSED = 1, 2, 3, 4, 5, 6, 7, 8
RELAY_MSG, STATUS_CODE, RAPID_COMMIT, USER_CLASS, VENDOR_CLASS, VENDOR_OPTS, INTERFACE_ID = 9, 13, 14, 15, 16, 17, 18
DNS_SERVERS, DOMAIN_LIST, IA_PD, IAPREFIX, REMOTE_ID, SOL_MAX_RT, CLIENT_LINKLAYER = 23, 24, 25, 26, 37, 82, 79


def encode_options(options):
    return b"".join(struct.pack("!HH", code, len(value)) + value for code, value in options)


def decode_options(data):
    options, at = [], 0
    while at < len(data):
        if at + 4 > len(data):
            raise ValueError("truncated option header")
        code, length = struct.unpack_from("!HH", data, at)
        at += 4
        if at + length > len(data):
            raise ValueError(f"option {code} longer than its packet")
        options.append((code, data[at:at + length]))
        at += length
    return options


def first(options, code):
    return next((value for c, value in options if c == code), None)


class Message:
    """A client or server message: type, 24-bit transaction id, options."""

    def __init__(self, type, xid, options):
        self.type, self.xid, self.options = type, xid, list(options)

    def encode(self):
        return struct.pack("!I", self.type << 24 | self.xid) + encode_options(self.options)

    def get(self, code):
        return first(self.options, code)

    @staticmethod
    def decode(data):
        word, = struct.unpack_from("!I", data)
        return Message(word >> 24, word & 0xFFFFFF, decode_options(data[4:]))


class Relay:
    """A relay message: type 12 or 13, hop count, link and peer address, options; the inner message is option 9."""

    def __init__(self, type, hops, link, peer, options):
        self.type, self.hops, self.options = type, hops, list(options)
        self.link, self.peer = ipaddress.IPv6Address(link), ipaddress.IPv6Address(peer)

    def encode(self):
        return struct.pack("!BB", self.type, self.hops) + self.link.packed + self.peer.packed + encode_options(self.options)

    def get(self, code):
        return first(self.options, code)

    @staticmethod
    def decode(data):
        if len(data) < 34:
            raise ValueError("truncated relay header")
        return Relay(data[0], data[1], data[2:18], data[18:34], decode_options(data[34:]))


def decode(data):
    return Relay.decode(data) if data[0] in (RELAY_FORW, RELAY_REPL) else Message.decode(data)


def unwrap(data):
    """The relay messages from the outermost to the innermost, and the message inside them."""
    relays = []
    message = decode(data)
    while isinstance(message, Relay):
        relays.append(message)
        inner = message.get(RELAY_MSG)
        if inner is None:
            raise ValueError("relay message without a message")
        message = decode(inner)
    return relays, message


def ia_na(iaid, options=(), t1=0, t2=0):
    return IA_NA, struct.pack("!III", iaid, t1, t2) + encode_options(options)


def ia_pd(iaid, options=(), t1=0, t2=0):
    return IA_PD, struct.pack("!III", iaid, t1, t2) + encode_options(options)


def ia_addr(address, preferred=0, valid=0, options=()):
    return IAADDR, ipaddress.IPv6Address(address).packed + struct.pack("!II", preferred, valid) + encode_options(options)


def ia_prefix(prefix, preferred=0, valid=0, options=()):
    address, length = str(prefix).split("/")
    return IAPREFIX, struct.pack("!IIB", preferred, valid, int(length)) + ipaddress.IPv6Address(address).packed \
        + encode_options(options)


def oro(*codes):
    return ORO, b"".join(struct.pack("!H", code) for code in codes)


def elapsed(hundredths=0):
    return ELAPSED, struct.pack("!H", hundredths)


class Ia:
    """A decoded IA_NA or IA_PD: iaid, t1, t2, leases [(text, preferred, valid, options)], status or None."""

    def __init__(self, code, value):
        self.code = code
        self.iaid, self.t1, self.t2 = struct.unpack_from("!III", value)
        self.options = decode_options(value[12:])
        self.leases = [lease(c, v) for c, v in self.options if c in (IAADDR, IAPREFIX)]
        self.status = status(self.options)


def lease(code, value):
    if code == IAADDR:
        preferred, valid = struct.unpack_from("!II", value, 16)
        return str(ipaddress.IPv6Address(value[:16])), preferred, valid, decode_options(value[24:])
    preferred, valid, length = struct.unpack_from("!IIB", value)
    return f"{ipaddress.IPv6Address(value[9:25])}/{length}", preferred, valid, decode_options(value[25:])


def status(options):
    """The status code among the options as a number, or None."""
    value = first(options, STATUS_CODE)
    return None if value is None else struct.unpack_from("!H", value)[0]


def ias(message):
    return [Ia(code, value) for code, value in message.options if code in (IA_NA, IA_PD)]


def type_name(number):
    return TYPE_NAMES.get(number, str(number))


def status_name(number):
    return "-" if number is None else STATUS_NAMES.get(number, str(number))
