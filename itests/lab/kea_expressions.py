# SPDX-License-Identifier: Apache-2.0
"""What Kea makes of the expressions in our tables.

kea_expressions.py LAB_NAME OUT TABLE: a line PASS or FAIL for each expression. The second column of the table says what Kea does:
T true, F false, E cannot be evaluated, R refused. All that Kea accepts become classes of one server, which is sent the
packet of the table and logs what they evaluate to.
"""

import json
import os
import re
import subprocess
import sys
import time

LAB, OUT, TABLE = sys.argv[1:4]
FAMILY = "6" if os.path.basename(TABLE).startswith("dhcp6") else "4"
PROGRAM = "kea-dhcp" + FAMILY
NAME = os.path.splitext(os.path.basename(TABLE))[0]
SECONDS = 20

SEND = """
import socket, sys
octets = bytes.fromhex(sys.argv[2])
if sys.argv[1] == "4":
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("192.0.2.2", 67))
    s.sendto(octets, ("192.0.2.1", 67))
else:
    link = socket.if_nametoindex("xc0")
    s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    s.bind(("fe80::2", 547, 0, link))
    s.sendto(octets, ("ff02::1:2", 547, 0, link))
"""


def table():
    packet, rows = None, []
    for line in open(TABLE, encoding="utf-8").read().split("\n"):
        if line.startswith("packet "):
            packet = line[7:]
        elif re.match(r"[TFER] [TFER] ", line):
            rows.append((line[2], line[4:]))
    return packet, rows


def inside(host, *command):
    return ["ip", "netns", "exec", f"{LAB}-{host}", *command]


def configuration(expressions, log):
    server = {
        "interfaces-config": {"interfaces": ["xs0"]},
        "lease-database": {"type": "memfile", "persist": False},
        "client-classes": [{"name": f"c{i:04d}", "test": e} for i, e in expressions],
        "loggers": [{"name": PROGRAM, "severity": "DEBUG", "debuglevel": 99, "output_options": [{"output": log}]}],
    }
    if FAMILY == "4":
        server["interfaces-config"]["dhcp-socket-type"] = "udp"
        server["subnet4"] = [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.100-192.0.2.110"}]}]
    else:
        server["server-id"] = {"type": "LL", "htype": 1, "identifier": "020000000001", "persist": False}
        server["subnet6"] = [{"id": 1, "subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::100-2001:db8:1::110"}]}]
    path = os.path.join(OUT, f"{NAME}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"Dhcp" + FAMILY: server}, out)
    return path


def accepts(expression):
    path = configuration([(0, expression)], "stdout")
    done = subprocess.run(inside("server", PROGRAM, "-t", path), capture_output=True)
    return done.returncode == 0


def read(log):
    try:
        return open(log, encoding="utf-8", errors="replace").read()
    except FileNotFoundError:
        return ""


def wait(log, pattern):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and not re.search(pattern, read(log)):
        time.sleep(0.1)


def evaluated(packet, expressions):
    log = os.path.join(OUT, f"{NAME}.log")
    path = configuration(expressions, log)
    paths = dict(os.environ, KEA_PIDFILE_DIR=OUT, KEA_LOCKFILE_DIR="none")
    server = subprocess.Popen(
        inside("server", PROGRAM, "-c", path), env=paths, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait(log, f"DHCP{FAMILY}_STARTED")
        subprocess.run(inside("client", "python3", "-c", SEND, FAMILY, packet), check=True)
        wait(log, f"DHCP{FAMILY}_PACKET_SEND")
    finally:
        server.terminate()
        server.wait()
    results = dict(re.findall(r"EVAL_RESULT Expression c(\d+) evaluated to (\S+)", read(log)))
    words = {"1": "T", "true": "T", "0": "F", "false": "F"}
    return {i: words.get(results.get(f"{i:04d}"), "E") for i, _ in expressions}


def main():
    packet, rows = table()
    accepted = [(i, e) for i, (expected, e) in enumerate(rows) if expected != "R" or accepts(e)]
    results = evaluated(packet, accepted)
    for i, (expected, expression) in enumerate(rows):
        found = results.get(i, "R")
        verdict = "PASS" if found == expected else "FAIL"
        print(verdict, f"{NAME}: {expression}" + ("" if found == expected else f" is {found} for Kea, not {expected}"))


main()
