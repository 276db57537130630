# SPDX-License-Identifier: Apache-2.0
"""Makes packets of SCTP of the messages of ASAP and ENRP (RFC 5352, RFC 5353) in a capture of connections by TCP in clear, for a program that
puts no stream of ASAP together and knows no ENRP over TCP.

  pool_frames.py CAPTURE OUT   writes OUT, a packet for each message with the ports and the payload protocol that it would have, at the time of
                               its end; prints a line for each: PROTOCOL TYPE FROM
"""
import ipaddress
import struct
import sys

import failover_frames
import pool_wire

RAW = 101
SCTP = 132
PORTS = {3863: (11, "asap", pool_wire.ASAP), 9901: (12, "enrp", pool_wire.ENRP)}


class Stream(failover_frames.Stream):
    def frames(self):
        found, self.data = pool_wire.frames(self.data)
        return found


def packet(source, destination, port, protocol, payload, number):
    header = struct.pack("!HHII", port, port, 1, 0)  # nobody looks at the checksum
    chunk = struct.pack("!BBHIHHI", 0, 3, 16 + len(payload), number, 0, number & 0xFFFF, protocol) + pool_wire.padded(payload)
    return struct.pack("!IHBB", 6 << 28, len(header + chunk), SCTP, 64) + source + destination + header + chunk


def main(capture, out):
    found = list(failover_frames.messages(capture, set(PORTS), Stream))
    with open(out, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, RAW))
        for number, (seconds, (source, near, destination, far), octets) in enumerate(found):
            port = near if near in PORTS else far
            protocol, name, kinds = PORTS[port]
            made = packet(source, destination, port, protocol, octets, number + 1)
            file.write(struct.pack("=IIII", int(seconds), int(seconds % 1 * 1e6), len(made), len(made)) + made)
            print(name, kinds.get(octets[0], octets[0]), ipaddress.IPv6Address(source))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
