// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Message;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.net.Bytes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Octets to messages and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final Bytes direct = Samples.renew(1, Samples.key(1).address());
  private final Bytes relayed = Samples.relayed(direct);
  private final ClientServerMessage reply = Samples.reply();
  private final Dhcp4Message discover = Samples.discover(1);
  private final Bytes datagram4 = discover.encode();

  /** A Renew. */
  @Benchmark
  public Dhcp6Message decode6() {
    return Dhcp6Message.decode(direct);
  }

  /** The same behind a relay agent. */
  @Benchmark
  public RelayChain decode6Relayed() {
    return RelayChain.decode(relayed);
  }

  /** A Reply with an address. */
  @Benchmark
  public Bytes encode6() {
    return reply.encode();
  }

  /** The same for a relay agent. */
  @Benchmark
  public Bytes encode6Relayed() {
    return Samples.relayed(reply.encode());
  }

  /** A DHCPDISCOVER. */
  @Benchmark
  public Dhcp4Message decode4() {
    return Dhcp4Message.decode(datagram4);
  }

  /** The same. */
  @Benchmark
  public Bytes encode4() {
    return discover.encode();
  }
}
