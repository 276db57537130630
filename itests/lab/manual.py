# SPDX-License-Identifier: Apache-2.0
"""Writes the files of docs/failover.md's set-up as they stand there: manual.py PAGE ETC [secondary]

A block of "properties" has its files one after the other, each below a comment that begins with "etc/NAME". On the secondary role
and address are the other way round.
"""
import re
import sys


def files(page):
    with open(page) as file:
        block = re.search(r"^## Setting up a pair$.*?^```properties\n(.*?)^```$", file.read(), re.M | re.S)[1]
    name, found = None, {}
    for line in block.splitlines():
        if heading := re.match(r"# etc/(\S+)", line):
            name = heading[1]
            found[name] = []
        elif line:
            found[name].append(line)
    return found


def turned(line):
    return {"role = primary": "role = secondary"}.get(line, line.replace("[2001:db8::2]", "[2001:db8::1]"))


def main(page, etc, side="primary"):
    found = files(page)
    lines = sum(len(each) for each in found.values())
    if lines > 10:
        raise SystemExit(f"the set-up takes {lines} lines")
    for name, each in found.items():
        with open(f"{etc}/{name}", "w") as file:
            file.writelines(f"{turned(line) if side == 'secondary' else line}\n" for line in each)


if __name__ == "__main__":
    main(*sys.argv[1:])
