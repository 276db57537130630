# SPDX-License-Identifier: Apache-2.0
"""The measurements of bench.sh as SVG: bench_plots.py DIRECTORY writes DIRECTORY/benchmarks/*.svg. The same values give the same files."""
import os
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as pyplot

from bench_report import MODES, SERVERS, Report

COLOURS = {"kea": "#c05a2e", "dhcpd": "#8a8a8a", "leasehold": "#1f6fb2", "echo": "#bbbbbb"}
NAMES = {"kea": "Kea", "dhcpd": "ISC dhcpd", "leasehold": "Leasehold", "echo": "nothing but generator and kernel"}
SHORT = {"6": "v6\n4 messages", "6relayed": "v6 relayed\n4 messages", "6rapid": "v6\nrapid commit", "6renew": "v6\nRenew",
         "4": "v4 relayed\n4 messages", "4renew": "v4\nrenewal"}
matplotlib.rcParams.update({
    "svg.hashsalt": "leasehold", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "axes.grid.axis": "y", "grid.color": "#dddddd", "axes.axisbelow": True, "figure.facecolor": "white",
})


class Plots:
    def __init__(self, directory):
        self.report = Report(directory)
        self.directory = os.path.join(directory, "benchmarks")
        os.makedirs(self.directory, exist_ok=True)

    def save(self, figure, name):
        figure.tight_layout()
        figure.savefig(os.path.join(self.directory, name + ".svg"), metadata={"Date": None, "Creator": None})
        pyplot.close(figure)

    def rates(self):
        modes = [m for m in MODES if any(self.report.median(s, f"rate {m}") for s in SERVERS)]
        if not modes:
            return
        figure, axes = pyplot.subplots(figsize=(8, 3.6))
        servers = [s for s in (*SERVERS, "echo") if any(self.report.median(s, f"rate {m}") for m in modes)]
        width = 0.8 / len(servers)
        for i, server in enumerate(servers):
            heights = [self.report.median(server, f"rate {m}") or 0 for m in modes]
            places = [n + (i - (len(servers) - 1) / 2) * width for n in range(len(modes))]
            axes.bar(places, heights, width * 0.92, color=COLOURS[server], label=NAMES[server])
        axes.set_xticks(range(len(modes)), [SHORT[m] for m in modes])
        axes.set_ylabel("exchanges a second")
        axes.legend(frameon=False)
        self.save(figure, "rates")

    def latency(self):
        percentiles = ("p50", "p99", "p99.9")
        panels = [(f, at) for f in ("6", "4") for at in ("low", "half") if self.report.numbers("leasehold", f"p99 {f}", at)]
        if not panels:
            return
        figure, all_axes = pyplot.subplots(1, len(panels), figsize=(2.6 * len(panels) + 0.6, 3.2), sharey=True, squeeze=False)
        for axes, (family, at) in zip(all_axes[0], panels):
            for server in SERVERS:
                numbers = [self.report.median(server, f"{p} {family}", at) for p in percentiles]
                if None not in numbers:
                    axes.plot(percentiles, numbers, marker="o", color=COLOURS[server], label=NAMES[server])
            rate = self.report.median("leasehold", f"rate-at {family}", at)
            axes.set_title(f"DHCPv{family}, {rate:,.0f} a second", fontsize=9)
            axes.set_yscale("log")
        all_axes[0][0].set_ylabel("ms of an exchange")
        all_axes[0][0].legend(frameon=False)
        self.save(figure, "latency")

    def overload(self):
        figure, axes = pyplot.subplots(figsize=(6, 3.6))
        drawn = False
        for server in SERVERS:
            for way, style in (("once", "-"), ("again", "--")):
                points = [(x, self.report.median(server, f"goodput 6 {way}", f"{x:g}")) for x in self.report.xs(f"goodput 6 {way}")]
                points = [(self.report.median(server, f"offered 6 {way}", f"{x:g}"), y) for x, y in points if y is not None]
                if points:
                    drawn = True
                    asks = "" if way == "once" else ", clients ask again"
                    axes.plot(*zip(*points), style, marker="o", markersize=3, color=COLOURS[server], label=NAMES[server] + asks)
        if not drawn:
            pyplot.close(figure)
            return
        axes.set_xlabel("exchanges a second asked for")
        axes.set_ylabel("completed")
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False)
        self.save(figure, "overload")

    def sizes(self, what, name, label, unit):
        xs = [x for x in self.report.xs(what) if x > 0]
        if not xs:
            return
        figure, axes = pyplot.subplots(figsize=(6, 3.2))
        for server in SERVERS:
            points = [(x, self.report.median(server, what, f"{x:.0f}")) for x in xs]
            points = [(x, y / unit) for x, y in points if y is not None]
            if points:
                axes.plot(*zip(*points), marker="o", color=COLOURS[server], label=NAMES[server])
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("leases")
        axes.set_ylabel(label)
        axes.legend(frameon=False)
        self.save(figure, name)


def main(directory):
    plots = Plots(directory)
    plots.rates()
    plots.latency()
    plots.overload()
    plots.sizes("first answer", "start", "s to the first answer", 1000)
    plots.sizes("resident", "memory", "MiB resident", 1024)


if __name__ == "__main__":
    main(sys.argv[1])
