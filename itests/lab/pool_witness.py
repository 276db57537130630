# SPDX-License-Identifier: Apache-2.0
"""Whether clients of a pool stay with their group of servers, from the records of a crowd (crowd.py).

  pool_witness.py stayed GRANTS GROUPS GROUP    was nobody who had a lease of GROUP given one by another group afterwards
  pool_witness.py shares GRANTS GROUPS          how many clients each group served first
  pool_witness.py handlespace SHOWN             everything that a registrar showed of its peers and pools, but what changes by itself
  pool_witness.py counted BEFORE AFTER COUNTER LEAST [MOST]
                                                has the registrar counted so much between the two
  pool_witness.py changed BEFORE AFTER          all counters that have changed between the two

SHOWN, BEFORE and AFTER are what dhcp:registrar-list, pool-list and pool-show printed with --json, a line each. GRANTS is a grants.tsv. GROUPS has a line for each server: its DUID in hexadecimal digits, and the name of its group.
The exit code is 1 if it is not as it should be.
"""
import collections
import json
import sys


def grants(path, groups):
    """(client, group) in the order of time."""
    with open(groups) as file:
        of = dict(line.split() for line in file)
    with open(path) as file:
        rows = sorted((line.rstrip("\n").split("\t") for line in file if line.endswith("\n")), key=lambda row: float(row[0]))
    return [(row[2], of[row[4]]) for row in rows]


def stayed(path, groups, group):
    first, moved = {}, {}
    for client, by in grants(path, groups):
        if first.setdefault(client, by) == group != by:
            moved[client] = by
    for client, by in moved.items():
        print(f"{client} was of {group} and got a lease of {by}")
    count = sum(by == group for by in first.values())
    print(f"{count} clients were of {group}, {len(moved)} of them moved")
    return bool(moved) or count == 0


def shares(path, groups):
    first = {}
    for client, by in grants(path, groups):
        first.setdefault(client, by)
    for group, count in sorted(collections.Counter(first.values()).items()):
        print(f"{group}: {count} clients")
    return len(set(first.values())) < 2


def shown(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def handlespace(path):
    registrar, pools, members = shown(path)
    own = registrar["own"]
    print("peers", [each["peer"] for each in own["peers"]])
    print({name: own[name] for name in ("registrar", "secure", "ready", "checksum", "pools", "elements", "own-elements")})
    print(pools["pools"])
    for member in members["members"]:
        print({name: value for name, value in member.items() if name not in ("expires", "answered", "selections", "reports")})


def changed(before, after):
    was, now = (shown(path)[0]["own"]["counters"] for path in (before, after))
    print(", ".join(f"{name} {now[name] - was.get(name, 0)}" for name in sorted(now) if now[name] != was.get(name, 0)))


def counted(before, after, counter, least, most="inf"):
    was, now = (shown(path)[0]["own"]["counters"][counter] for path in (before, after))
    print(f"{counter}: {was} before, {now} after")
    return not int(least) <= now - was <= float(most)


if __name__ == "__main__":
    tasks = {"stayed": stayed, "shares": shares, "handlespace": handlespace, "changed": changed, "counted": counted}
    sys.exit(tasks[sys.argv[1]](*sys.argv[2:]))
