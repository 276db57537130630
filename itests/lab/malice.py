# SPDX-License-Identifier: Apache-2.0
"""What the rows of hostile packets of both families are run by."""
import random
import sys


def send(make, put, alive, name, count):
    """Sends count packets of a row, the same ones each time; alive() ends the program when the server is silent."""
    r = random.Random(name)
    for sent in range(count):
        put(make(r))
        if sent % 20 == 19:
            alive()  # keeps the socket's queue from overflowing, so that every packet is looked at
    return alive()


def main(rows, run):
    """rows: name to a tuple of maker, whether all must be dropped, and way; run: of LAB, ADDRESS or OUT, ROW, COUNT."""
    if sys.argv[1] == "rows":
        for name, (_, drop, _) in rows.items():
            print(name, drop)
    else:
        run(*sys.argv[2:5], int(sys.argv[5]))
