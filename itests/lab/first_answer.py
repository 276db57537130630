# SPDX-License-Identifier: Apache-2.0
"""A client asks again and again until the server answers: first_answer.py LAB ADDRESS [LEASE DUID SECONDS]

ADDRESS is the link-local one of the host "client". Without a lease the client solicits; with one it rebinds it, and only an answer
that extends it counts. Prints the time of that answer in milliseconds since 1970, or exits with 1 when SECONDS (60) have passed.
"""
import os
import select
import sys
import time

import dhcp6
from scripted_client import Direct, duid_ll

EVERY_SECONDS = 0.01


def question(xid, lease, duid):
    options = [(dhcp6.CLIENTID, duid), dhcp6.elapsed(), dhcp6.oro(dhcp6.DNS_SERVERS)]
    if lease is None:
        return dhcp6.Message(dhcp6.SOLICIT, xid, options + [dhcp6.ia_na(1)]).encode()
    return dhcp6.Message(dhcp6.REBIND, xid, options + [dhcp6.ia_na(1, [dhcp6.ia_addr(lease)])]).encode()


def is_answer(data, lease):
    message = dhcp6.decode(data)
    leases = [one for ia in dhcp6.ias(message) for one in ia.leases]
    if lease is None:
        return message.type == dhcp6.ADVERTISE and leases
    return message.type == dhcp6.REPLY and any(address == lease and valid > 0 for address, _, valid, _ in leases)


def main(lab, address, lease=None, duid=None, seconds="60"):
    path = Direct(f"{lab}-client", "eth0", address)
    client = bytes.fromhex(duid) if duid else duid_ll(int.from_bytes(os.urandom(4), "big"))
    end = time.monotonic() + float(seconds)
    xid = int.from_bytes(os.urandom(2), "big") << 8
    while time.monotonic() < end:
        xid += 1
        path.send(question(xid & 0xFFFFFF, lease, client))
        while select.select([path.socket], [], [], EVERY_SECONDS)[0]:
            if is_answer(path.socket.recv(2048), lease):
                print(int(time.time() * 1000))
                return
    sys.exit(1)


main(*sys.argv[1:])
