#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sends one datagram and prints who answers it: transport_client.py INTERFACE DESTINATION PORT TEXT"""
import socket
import sys

interface, destination, port, text = sys.argv[1:5]
index = socket.if_nametoindex(interface)
link = destination.startswith(("fe80:", "ff02:"))
with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as client:
    client.settimeout(2)
    client.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    client.sendto(text.encode(), (destination, int(port), 0, index if link else 0))
    try:
        answer, sender = client.recvfrom(2048)
    except socket.timeout:
        sys.exit("no answer")
    print(answer.decode(), "from", sender[0], sender[1])
