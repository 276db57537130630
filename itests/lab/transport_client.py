#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sends one datagram and prints who answers it: transport_client.py INTERFACE DESTINATION PORT TEXT [SOURCE-PORT]

With a source port it is a host without an address, perhaps: it sends to everybody and hears what is for everybody.
WAIT in the environment: for how many seconds it waits."""
import os
import socket
import sys

interface, destination, port, text = sys.argv[1:5]
index = socket.if_nametoindex(interface)
four = "." in destination
link = destination.startswith(("fe80:", "ff02:"))
with socket.socket(socket.AF_INET if four else socket.AF_INET6, socket.SOCK_DGRAM) as client:
    client.settimeout(float(os.environ.get("WAIT", "2")))
    if len(sys.argv) > 5:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        client.bind(("", int(sys.argv[5])))
    if four:
        client.sendto(text.encode(), (destination, int(port)))
    else:
        client.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        client.sendto(text.encode(), (destination, int(port), 0, index if link else 0))
    try:
        answer, sender = client.recvfrom(4096)
    except socket.timeout:
        sys.exit("no answer")
    print(answer.decode(), "from", sender[0], sender[1])
