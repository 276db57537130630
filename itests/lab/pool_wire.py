# SPDX-License-Identifier: Apache-2.0
"""ASAP and ENRP (RFC 5352, RFC 5353) with the parameters of RFC 5354, written from their texts for the tests of the lab: octets out of words,
and words out of octets."""
import ipaddress
import struct

REGISTRATION, DEREGISTRATION, REGISTRATION_RESPONSE, DEREGISTRATION_RESPONSE = 1, 2, 3, 4
RESOLUTION, RESOLUTION_RESPONSE, KEEP_ALIVE, KEEP_ALIVE_ACK, UNREACHABLE = 5, 6, 7, 8, 9
PRESENCE, TABLE_RESPONSE, UPDATE, LIST_RESPONSE, INIT_TAKEOVER_ACK = 1, 3, 4, 6, 8
ADD_PE, DEL_PE = 0, 1

ASAP = {1: "registration", 2: "deregistration", 3: "registration-response", 4: "deregistration-response", 5: "resolution",
        6: "resolution-response", 7: "keep-alive", 8: "keep-alive-ack", 9: "unreachable", 10: "announce", 11: "cookie", 12: "cookie-echo",
        13: "business-card", 14: "error"}
ENRP = {1: "presence", 2: "table-request", 3: "table-response", 4: "update", 5: "list-request", 6: "list-response", 7: "init-takeover",
        8: "init-takeover-ack", 9: "takeover", 10: "error"}

IPV4, IPV6, TCP, UDP, POLICY, HANDLE, ELEMENT, SERVER, ERROR, IDENTIFIER, CHECKSUM = 1, 2, 5, 6, 8, 9, 10, 11, 12, 14, 15
ROUND_ROBIN = struct.pack("!I", 1)


def padded(octets):
    return octets + bytes(-len(octets) % 4)


def joined(parts):
    """The padding between parameters counts, that after the last one does not (RFC 5354 section 2)."""
    return b"".join(padded(each) for each in parts[:-1]) + parts[-1]


def parameter(kind, value):
    return struct.pack("!HH", kind, 4 + len(value)) + value


def message(kind, flags, *parts, before=b""):
    body = before + (joined(parts) if parts else b"")
    return padded(struct.pack("!BBH", kind, flags, 4 + len(body)) + body)


def handle(pool):
    return parameter(HANDLE, pool.encode())


def identifier(element):
    return parameter(IDENTIFIER, struct.pack("!I", element))


def element_parameter(element, address, port=547, life=300, home=0):
    ip = ipaddress.ip_address(address)
    place = parameter(UDP, struct.pack("!HH", port, 0) + parameter(IPV4 if ip.version == 4 else IPV6, ip.packed))
    return parameter(ELEMENT, struct.pack("!IIi", element, home, life) + joined([place, parameter(POLICY, ROUND_ROBIN)]))


def registration(pool, element, address):
    return message(REGISTRATION, 0, handle(pool), element_parameter(element, address))


def deregistration(pool, element):
    return message(DEREGISTRATION, 0, handle(pool), identifier(element))


def resolution(pool):
    return message(RESOLUTION, 0, handle(pool))


def keep_alive_ack(pool, element):
    return message(KEEP_ALIVE_ACK, 0, handle(pool), identifier(element))


def unreachable(pool, element):
    return message(UNREACHABLE, 0, handle(pool), identifier(element))


def presence(server, wants_answer=True, address=None):
    """Of a registrar that owns nothing; with an address it says where it is."""
    parts = [parameter(CHECKSUM, b"\xff\xff")]
    if address:
        place = parameter(TCP, struct.pack("!HH", 9901, 0) + parameter(IPV6, ipaddress.ip_address(address).packed))
        parts.append(parameter(SERVER, struct.pack("!I", server) + place))
    return message(PRESENCE, int(wants_answer), *parts, before=struct.pack("!II", server, 0))


def to_registrar(kind, server, receiver, target=None):
    """A message without parameters: an empty table or list, or the consent to a takeover of the target."""
    return message(kind, 0, before=struct.pack("!II", server, receiver) + (b"" if target is None else struct.pack("!I", target)))


def update(server, action, pool, element, address):
    part = element_parameter(element, address, home=server)
    return message(UPDATE, 0, handle(pool), part, before=struct.pack("!IIHH", server, 0, action, 0))


def frames(octets):
    """(messages with their padding, what is left) of a stream."""
    found = []
    while len(octets) >= 4:
        length = struct.unpack_from("!H", octets, 2)[0]
        if length < 4:
            raise ValueError(f"a message of length {length}")
        whole = length + -length % 4
        if len(octets) < whole:
            break
        found.append(octets[:whole])
        octets = octets[whole:]
    return found, octets


def parameters(octets):
    """(type, value) of each."""
    while octets:
        kind, length = struct.unpack_from("!HH", octets)
        if not 4 <= length <= len(octets):
            raise ValueError(f"a parameter of length {length} in {len(octets)} octets")
        yield kind, octets[4:length]
        octets = octets[length + -length % 4:]


def causes(error):
    return [kind for kind, _ in parameters(error)]


class Read:
    """A message that was received. Of ASAP, or of ENRP if its stream is."""

    def __init__(self, octets, enrp=False):
        kind, self.flags, length = struct.unpack_from("!BBH", octets)
        self.name = (ENRP if enrp else ASAP)[kind]
        at = 4
        self.server = None
        if enrp or self.name in ("keep-alive", "announce"):
            self.server = struct.unpack_from("!I", octets, at)[0]
            at += 8 if enrp else 4
        self.target = None
        if enrp and "takeover" in self.name:
            self.target = struct.unpack_from("!I", octets, at)[0]
        at += 4 if enrp and (self.name == "update" or self.target is not None) else 0
        self.pool, self.element, self.elements, self.causes = None, None, [], []
        for what, value in parameters(octets[at:length]):
            if what == HANDLE:
                self.pool = value.decode()
            elif what == IDENTIFIER:
                self.element = struct.unpack("!I", value)[0]
            elif what == ELEMENT:
                self.elements.append(struct.unpack_from("!I", value)[0])
            elif what == ERROR:
                self.causes += causes(value)

    def __str__(self):
        words = [self.name, f"flags={self.flags}"]
        words += [f"pool={self.pool}"] if self.pool else []
        words += [f"element={self.element:08x}"] if self.element is not None else []
        words += [f"elements={','.join(f'{each:08x}' for each in sorted(self.elements))}"] if self.elements else []
        words += [f"causes={','.join(map(str, self.causes))}"] if self.causes else []
        return " ".join(words)
