# SPDX-License-Identifier: Apache-2.0
"""A client without an address on the host "client" obtains a lease: frame4.py LAB LAB_OUT HARDWARE KIND, where KIND is plain,
broadcast (the flag is on) or pxe. Prints the lease's address; exits with 1 when there is none."""
import sys

import dhcp4
from scripted_client4 import Client, Direct, Wire, ports

PXE = [(60, b"PXEClient:Arch:00007:UNDI:003016"), (93, b"\x00\x07"), (94, b"\x01\x03\x10"), (97, b"\x00" + bytes(range(16))),
       dhcp4.wanted(1, 3, 43, 60, 66, 67, 97, 150)]

lab, out, hardware, kind = sys.argv[1:5]
path = Direct(Wire(f"{lab}-client", "eth0"), ports(out)["server", "linkA"])
client = Client(path, bytes.fromhex(hardware.replace(":", "")), timeout=3)
reply = client.lease(*(PXE if kind == "pxe" else [dhcp4.wanted(1, 3)]), flags=dhcp4.BROADCAST_FLAG if kind == "broadcast" else 0)
if reply is None or reply.type != dhcp4.ACK:
    sys.exit(1)
print(reply.yiaddr)
