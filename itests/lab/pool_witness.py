# SPDX-License-Identifier: Apache-2.0
"""Whether clients of a pool stay with their group of servers, from the records of a crowd (crowd.py).

  pool_witness.py stayed GRANTS GROUPS GROUP    was nobody who had a lease of GROUP given one by another group afterwards
  pool_witness.py shares GRANTS GROUPS          how many clients each group served first

GRANTS is a grants.tsv. GROUPS has a line for each server: its DUID in hexadecimal digits, and the name of its group.
The exit code is 1 if it is not as it should be.
"""
import collections
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


if __name__ == "__main__":
    sys.exit({"stayed": stayed, "shares": shares}[sys.argv[1]](*sys.argv[2:]))
