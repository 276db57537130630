# SPDX-License-Identifier: Apache-2.0
"""Clients of DHCPv4 of two servers on one link. pair_client4.py LAB LAB_OUT WORD NUMBER [ADDRESS [SERVER]]

offers NUMBER                  prints who offers what to client NUMBER: SERVER ADDRESS, a line each
obtain NUMBER                  obtains an address and prints SERVER ADDRESS SECONDS
rebind NUMBER ADDRESS          asks any server to extend it and prints the same
renew NUMBER ADDRESS SERVER    asks that server, one of the hosts one and two, and nobody else
Nothing is printed, and the exit code is 1, when nobody answers in time with a lease.
"""
import struct
import sys
import time

import dhcp4
from scripted_client4 import Client, Direct, Wire, granted, mac, ports

PATIENCE = 3.0


def offers(client):
    message = client.message(dhcp4.DISCOVER, [])
    client.path.send(client, message.encode())
    found, end = {}, time.monotonic() + PATIENCE
    while (rest := end - time.monotonic()) > 0:
        reply = client.answer(message.xid, rest)
        if reply is not None and reply.type == dhcp4.OFFER:
            end = end if found else time.monotonic() + 1.0
            found[server(reply)] = reply
    return found


def server(reply):
    return ".".join(str(octet) for octet in reply.get(dhcp4.SERVER_ID))


def tell(reply):
    if reply is None or reply.type != dhcp4.ACK:
        return 1
    print(server(reply), reply.yiaddr, struct.unpack("!I", reply.get(dhcp4.LEASE_TIME))[0])
    return 0


def extend(client, address, target):
    client.path.source = address
    client.path.wire.addresses[address] = client.hardware
    if target:
        client.path.target = {"one": "192.0.2.1", "two": "192.0.2.2"}[target]
    return client.ask(dhcp4.REQUEST, ciaddr=address)


def main(lab, lab_out, word, number, address=None, target=None):
    hardware = ports(lab_out)[target or "one", "eth0"]
    client = Client(Direct(Wire(f"{lab}-client", "eth0"), hardware), mac(int(number)), timeout=PATIENCE)
    if word in ("rebind", "renew"):
        return tell(extend(client, address, target))
    found = offers(client)
    if word == "offers":
        for each, reply in sorted(found.items()):
            print(each, reply.yiaddr)
        return 0 if found else 1
    offer = next(iter(found.values()), None)
    return 1 if offer is None else tell(client.ask(dhcp4.REQUEST, *granted(offer)))


sys.exit(main(*sys.argv[1:]))
