// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Condition;
import io.leasehold.server.expression.ExpressionContext;
import io.leasehold.server.expression.ExpressionException;
import io.leasehold.server.expression.ExpressionParser;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.OptionNames;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v4.intake.PacketFacts4;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the test of a class costs for one packet: a DHCPDISCOVER of a dozen options behind a relay.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {
  /** The test. */
  @Param({
    "option[82].exists",
    "member('gold') and not known",
    "pkt4.giaddr == 192.0.2.2",
    "option[60].hex == 'docsis3.0'",
    "substring(option[60].hex, 0, 6) == 'docsis'",
    "relay4[1].hex == 'port-12'",
    "vendor[4491].option[5].hex == 'serial'",
    "match('host-[0-9]+', lcase(option[12].hex))",
    "hexstring(pkt4.mac, ':') == '0a:1b:2c:3d:4e:5f'"
  })
  public String test;

  private Condition condition;
  private PacketFacts facts;

  /** Reads the test. */
  @Setup
  public void read() throws ExpressionException {
    OptionNames names = OptionNames.of(StandardOptions.CATALOGUE);
    ExpressionContext context =
        new ExpressionContext(Family.IPV4, names, name -> name.equals("gold") ? 0 : 1);
    condition = ExpressionParser.condition(test, context);
    Arrival arrival = new Arrival("eth0", Ipv6.ofText("192.0.2.1"), Ipv6.ofText("192.0.2.2"), 67);
    Membership gold = number -> number == 0;
    facts = new PacketFacts4(Dhcp4Message.decode(packet()), arrival, gold);
  }

  private static Bytes packet() {
    return Samples.discover(1).toBuilder()
        .relayAddress(Ipv4.ofText("192.0.2.2"))
        .hardware(1, Bytes.ofHex("0a1b2c3d4e5f"))
        .options(
            Options.builder()
                .add(53, Bytes.of(1))
                .add(50, Bytes.of(192, 0, 2, 77))
                .add(55, Bytes.of(1, 3, 6, 15, 43, 125))
                .add(57, Bytes.of(5, 220))
                .add(12, Bytes.ofUtf8("Host-17"))
                .add(60, Bytes.ofUtf8("docsis3.0"))
                .add(61, Bytes.ofHex("010a1b2c3d4e5f"))
                .add(77, Bytes.ofUtf8("user"))
                .add(93, Bytes.of(0, 7))
                .add(124, Bytes.ofHex("0000118b09646f63736973332e30"))
                .add(125, Bytes.ofHex("0000118b0c01020203050673657269616c"))
                .add(82, Bytes.ofHex("0107706f72742d313202060a1b2c3d4e5f"))
                .build())
        .build()
        .encode();
  }

  /** Whether it holds. */
  @Benchmark
  public boolean holds() {
    return condition.holds(facts);
  }
}
