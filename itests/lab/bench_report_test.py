# SPDX-License-Identifier: Apache-2.0
"""The report of the benchmark, made of sample values."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import bench_churn
import bench_report
import bench_values
import kea_leases

HERE = os.path.dirname(os.path.abspath(__file__))
FACTS = {"date": "2026-01-02", "machine": "2 cores (Sample), 8 GiB", "kernel": "Linux 6.1", "java": "17", "commit": "abc", "rounds": "2",
         "try": "2", "steady": "4", "generator": "leasehold", "buffer": "208", "sections": "rates latency"}


class BenchReport(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)
        self.write("facts.json", json.dumps(FACTS))
        for server, name in (("kea", "Kea 2.2.0"), ("dhcpd", "ISC dhcpd 4.4"), ("leasehold", "Leasehold 0.1.0")):
            self.write(f"{server}.name", name + "\n")

    def write(self, name, text):
        with open(os.path.join(self.directory, name), "w") as file:
            file.write(text)

    def note(self, server, what, x, *values):
        for value in values:
            bench_values.add(self.directory, server, what, x, value)

    def report(self):
        return bench_report.Report(self.directory).text()

    def sample(self):
        for mode, kea, ours in (("6", (10000, 12000), (30000, 34000)), ("4", (9000,), (18000,))):
            self.note("kea", f"rate {mode}", "-", *kea)
            self.note("leasehold", f"rate {mode}", "-", *ours)
        self.note("dhcpd", "rate 4", "-", 1500)
        self.note("echo", "rate 6", "-", 40000)
        self.note("echo", "generator 6", "-", 6.2)
        self.note("leasehold", "limit 6", "-", 1)
        for at in ("low", "half"):
            for server, p99 in (("kea", 2.0), ("leasehold", 0.5)):
                for what, value in (("p50", 0.1), ("p99", p99), ("p99.9", 4.0), ("cost", 80.0), ("lost", 0.0), ("rate-at", 5500.0)):
                    self.note(server, f"{what} 6", at, value)
        for factor, good in (("0.5", 15000), ("1", 30000), ("3", 28500)):
            self.note("leasehold", "offered 6 once", factor, 30000 * float(factor))
            self.note("leasehold", "goodput 6 once", factor, good)
        for count, kib in ((0, 60000), (100000, 80000), (1000000, 520000)):
            self.note("leasehold", "first answer", count, 1500)
            self.note("leasehold", "resident", count, kib)
        self.note("leasehold", "checkpoints", "-", 12)
        for x, p99 in (("normal", 0.5), ("checkpoint", 2.0)):
            for what, value in (("p50", 0.1), ("p99", p99), ("p99.9", 4.0), ("rate-at", 5500.0)):
                self.note("leasehold", f"{what} 6", x, value)

    def test_rows_have_medians_ranges_and_ratios(self):
        self.sample()
        text = self.report()
        self.assertIn("| DHCPv6, four messages, on the link | 11,000 (10,000 to 12,000) | - | 32,000 (30,000 to 34,000) | 2.91 | - |", text)
        self.assertIn("| DHCPv4, four messages, through a relay agent | 9,000 | 1,500 | 18,000 | 2.00 | 12.00 |", text)
        self.assertIn("| DHCPv6 ms p99 at half of Kea's highest rate | 2.00 | - | 0.50 | 0.25 | - |", text)
        self.assertIn("Half of Kea's highest rate is 5,500 a second", text)
        self.assertNotIn("sync = interval", text)

    def test_what_is_synced_later_is_compared_with_what_others_have_anyway(self):
        self.sample()
        self.note("leasehold", "p99 6", "later", 0.25)
        self.assertIn("leases synced after the answer (`sync = interval`) | 2.00 | - | 0.25 | 0.12 | - |", self.report())

    def test_limits_of_machine_and_generator_are_told(self):
        self.sample()
        text = self.report()
        self.assertIn("| DHCPv6, four messages, on the link | 40,000 | 6.2 | 80 % |", text)
        self.assertIn("generator, not the server, was the limit: Leasehold 0.1.0 (DHCPv6, four messages, on the link)", text)

    def test_overload_memory_and_checkpoint(self):
        self.sample()
        text = self.report()
        self.assertIn("| Leasehold 0.1.0, once | 15,000 | 30,000 | 28,500 | 95 % |", text)
        self.assertIn("501 octets from 100,000 to 1,000,000", text)
        self.assertIn("| MiB resident, 1,000,000 leases | - | - | 508 | - | - |", text)
        self.assertIn("p99 is 4.0 times as long; 12 checkpoints were written.", text)

    def test_what_was_not_measured_is_left_out(self):
        self.note("kea", "rate 6", "-", 10000)
        text = self.report()
        self.assertNotIn("### Overload", text)
        self.assertNotIn("### Churn", text)
        self.assertIn("| DHCPv6, four messages, on the link | 10,000 | - | - | - | - |", text)

    def test_channels_of_jmh_become_a_table(self):
        def result(name, way, score):
            return {"benchmark": f"io.leasehold.jmh.Some.{name}", "params": {"way": way}, "primaryMetric": {"score": score}}

        self.write("jmh.json", json.dumps([
            result("handshake", "tls-cert", 2000.0), result("handshake", "tls-cert+hybrid", 2500.0), result("protect", "tls-cert", 1500.0),
            result("protectAndOpen", "tls-cert", 4000.0), result("handshake", "dtls-psk", 1000.0)]))
        bench_values.jmh(self.directory, os.path.join(self.directory, "jmh.json"))
        text = self.report()
        self.assertIn("| TLS 1.3, certificates, X25519MLKEM768 | 2,500 | 400 | 1.50 | 2.50 | 75 |", text)
        self.assertIn("| DTLS 1.2, pre-shared key, X25519 | 1,000 | 1,000 | - | - | - |", text)
        self.assertIn("500 µs more with certificates (1.25 times), both ends together.", text)
        bench_values.forget(self.directory, "channels")
        self.assertNotIn("What protects hops", self.report())

    def test_partners_become_tables(self):
        for server, alone, pair, cost in (("kea", 20000, 2000, 300.0), ("leasehold", 70000, 56000, 25.0)):
            self.note(server, "failover-rate alone", "-", alone)
            self.note(server, "failover-rate pair", "-", pair)
            for way, micros in (("alone", 20.0), ("pair", cost), ("partner", 15.0)):
                self.note(server, f"failover-cost {way}", "-", micros)
            for way in ("alone", "pair"):
                for what, value in (("at", pair / 2), ("p50", 0.5), ("p99", 2.0)):
                    self.note(server, f"failover-{what} {way}", "-", value)
        self.note("leasehold", "failover-lag", "half", 400)
        self.note("leasehold", "resync-ms lost", 1000000, 20000)
        self.note("leasehold", "resync-octets lost", 1000000, 300e6)
        self.write("governed.json", json.dumps([
            {"benchmark": f"io.leasehold.jmh.Some.{name}", "params": {"link": link}, "primaryMetric": {"score": score}}
            for link, score in (("none", 3000.0), ("governed", 3500.0)) for name in ("solicit", "request", "renew")]))
        bench_values.governed(self.directory, os.path.join(self.directory, "governed.json"))
        text = self.report()
        self.assertIn("| Kea 2.2.0 | with a partner | 2,000 | 10 % | 1,000 | 0.50 | 2.00 | 300.0 | 15.0 |", text)
        self.assertIn("| Leasehold 0.1.0 | with a partner | 56,000 | 80 % | 28,000 | 0.50 | 2.00 | 25.0 | 15.0 |", text)
        self.assertIn("Leasehold 0.1.0: its processor time for an exchange alone is 80 % of that with a partner", text)
        self.assertIn("heard everything: 0.4 s at that rate (", text)
        self.assertIn("| a partner that has lost its disk | 1,000,000 | 20.0 | 50,000 | 300 | 300 |", text)
        self.assertIn("| the client's subnet has one | 3.50 | 3.50 | 3.50 |", text)
        bench_values.forget(self.directory, "failover", "resync")
        self.assertNotIn("partner", self.report())

    def test_pools_become_tables(self):
        for way, rate in (("tls", 11000), ("tcp", 30000)):
            for what, value in (("resolve", rate), ("cost", 50), ("half", rate / 2), ("octets", 432), ("p50", 0.5), ("p99", 2.25), ("connect", 500), ("first", 800), ("second", 950)):
                self.note("leasehold", f"pool-{what} {way}", "-", value)
        for count, octets in ((0, 20 << 20), (1000, 21 << 20), (10000, (21 << 20) + 9_000_000)):
            self.note("leasehold", "pool-heap home", count, octets)
            self.note("leasehold", "pool-heap other", count, octets)
        self.note("leasehold", "pool-relay-at", "-", 15000)
        for way, rates in (("fixed", (30000, 32000)), ("pool", (29000, 31000))):
            self.note("leasehold", f"pool-relay {way}", "-", *rates)
            for what in ("p50", "p99", "lost", "cost"):
                self.note("leasehold", f"pool-relay-{what} {way}", "-", 1.5)
        path = os.path.join(self.directory, "pool.json")
        self.write("pool.json", json.dumps([
            {"benchmark": "io.leasehold.jmh.ResolutionBenchmark.resolve", "params": {"pool": "turns-1000"}, "primaryMetric": {"score": 5000, "scoreError": 10},
             "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 4096}}}]))
        environment = {**os.environ, "LAB_OUT": self.directory, "BENCH_SERVER": "leasehold"}
        subprocess.run([sys.executable, os.path.join(HERE, "bench_pool.py"), "cores", path], check=True, env=environment)
        text = self.report()
        for row in ("| TLS 1.3, certificates | 11,000 | 50 | 5,500 | 0.50 | 2.25 |", "| TCP in clear | 500 | 800 | 950 |",
                    "| the other one | 20.00 | 21.00 | 29.58 | 1,000 |",
                    "| `upstream = pool:...` | 30,000 (29,000 to 31,000) | 96.8 % | 1.50 | 1.50 | 1.50 | 1.5 |",
                    "| resolution | 1,000 in turns | 5,000 ± 10 | 4,096 |"):
            self.assertIn(row, text)
        bench_values.forget(self.directory, "pool")
        self.assertNotIn("Pools of servers", self.report())

    def test_failures_are_listed(self):
        self.write("failures.txt", "latency of kea (code 1): no\n")
        self.assertIn("### Not measured\n\n- latency of kea (code 1): no\n", self.report())

    def test_equal_values_give_equal_reports(self):
        self.sample()
        self.assertEqual(self.report(), self.report())

    def test_only_the_generated_part_is_replaced(self):
        page = f"# By hand\n\n{bench_report.BEGIN}\nold\n{bench_report.END}\n\nremarks\n"
        self.assertEqual(bench_report.replaced(page, "new\n"), page.replace("old", "new"))
        with self.assertRaises(SystemExit):
            bench_report.replaced("no markers", "new")

    def test_the_page_of_the_documents_can_be_replaced(self):
        page = open(os.path.join(HERE, "../../docs/benchmarks.md")).read()
        self.assertIn("\nnew\n", bench_report.replaced(page, "new"))

    def test_a_section_that_is_repeated_forgets_its_values_and_no_others(self):
        self.sample()
        bench_values.forget(self.directory, "latency", "size")
        left = {what.split(" ")[0] for _, what in bench_values.read(self.directory)}
        self.assertEqual(left, {"rate", "limit", "generator", "offered", "goodput", "p50", "p99", "p99.9", "rate-at", "checkpoints"})
        self.assertEqual(set(bench_values.read(self.directory)["leasehold", "p99 6"]), {"normal", "checkpoint"})

    def test_growth_is_told_from_getting_there(self):
        steady = [(10 * i, min(100, 20 * i), 300, 40, 200) for i in range(40)]
        self.assertFalse(any(too_much for *_, too_much in bench_churn.growth(steady)))
        leak = [(10 * i, 100 + i, 300, 40, 200 + i) for i in range(40)]
        self.assertEqual([column for column, _, _, too_much in bench_churn.growth(leak) if too_much], ["heap MiB", "descriptors"])

    def test_heap_in_use_is_read(self):
        histogram = " num     #instances         #bytes  class name\n   1:        100        3145000  [B\nTotal           728        3145728\n"
        self.assertEqual(bench_churn.heap_mib(histogram), 3)

    def test_leases_of_kea(self):
        path = os.path.join(self.directory, "leases.csv")
        kea_leases.write(path, 70000)
        lines = open(path).read().splitlines()
        self.assertEqual(lines[0].count(","), lines[1].count(","))
        self.assertTrue(lines[1].startswith("2001:db8:a::1,00:03:00:01:02:aa:00:00:00:00,50000,"))
        self.assertTrue(lines[70000].startswith("2001:db8:a::1:1170,00:03:00:01:02:aa:00:01:11:6f,"))

    def test_plots_are_the_same_for_the_same_values(self):
        if subprocess.run(["/usr/bin/python3", "-c", "import matplotlib"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no matplotlib")
        self.sample()
        plots = []
        for _ in range(2):
            subprocess.run(["/usr/bin/python3", os.path.join(HERE, "bench_plots.py"), self.directory], check=True)
            where = os.path.join(self.directory, "benchmarks")
            plots.append({name: open(os.path.join(where, name)).read() for name in os.listdir(where)})
        self.assertEqual(set(plots[0]), {"rates.svg", "latency.svg", "overload.svg", "memory.svg", "start.svg"})
        self.assertEqual(plots[0], plots[1])


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    unittest.main()
