# SPDX-License-Identifier: Apache-2.0
"""Runs perfdhcp on a host of the lab.

  perf.py search LAB HOST SECONDS ARGUMENT...      the highest rate of 4-way exchanges a second with less than 1 % lost, found by
                                                   search; prints it and the mean delay in ms at half of that rate
  perf.py fill LAB HOST RATE COUNT ARGUMENT...     COUNT clients obtain a lease each at that rate; prints how many did
"""
import re
import subprocess
import sys

LOST, CLOSE, STEP = 0.01, 1.04, 1.5


class Perfdhcp:
    def __init__(self, lab, host, arguments):
        self.command, self.arguments = ["ip", "netns", "exec", f"{lab}-{host}", "perfdhcp"], arguments

    def run(self, *options):
        """(first messages sent, last ones received, mean delay of both halves in ms)."""
        words = [*self.command, *[str(o) for o in options], "-R", "10000000", "-W", "1000000", *self.arguments]
        text = subprocess.run(words, capture_output=True, text=True, check=False).stdout
        sent = [int(n) for n in re.findall(r"sent packets: (\d+)", text)]
        received = [int(n) for n in re.findall(r"received packets: (\d+)", text)]
        delays = [float(n) for n in re.findall(r"avg delay: ([\d.]+)", text)]
        return (sent[0], received[1], sum(delays)) if len(sent) == 2 else (0, 0, 0.0)

    def sustains(self, rate, seconds):
        """Twice is tried, so that one hiccup of the machine does not decide."""
        for _ in range(2):
            sent, replies, delay = self.run("-r", int(rate), "-p", seconds)
            good = sent >= 0.95 * rate * seconds and replies >= (1 - LOST) * sent
            print(f"  {int(rate)}/s: {sent} asked, {replies} served, {delay:.2f} ms, {'good' if good else 'bad'}", file=sys.stderr)
            if good:
                return delay
        return None

    def search(self, seconds):
        low, high = 0, 1000
        while self.sustains(high, seconds) is not None:
            low, high = high, high * STEP
        low = low or 100
        while high / low > CLOSE:
            middle = (low + high) / 2
            low, high = (middle, high) if self.sustains(middle, seconds) is not None else (low, middle)
        return low, self.run("-r", int(low / 2), "-p", seconds)[2]

    def fill(self, rate, count):
        """What is lost on the way is asked for again by other clients."""
        done = 0
        for _ in range(10):
            if done < count:
                done += self.run("-r", rate, "-n", count - done)[1]
        return done


if __name__ == "__main__":
    perfdhcp = Perfdhcp(sys.argv[2], sys.argv[3], sys.argv[5 if sys.argv[1] == "search" else 6:])
    if sys.argv[1] == "search":
        print("%d %.2f" % perfdhcp.search(int(sys.argv[4])))
    else:
        print(perfdhcp.fill(sys.argv[4], int(sys.argv[5])))
