// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.security.Assurance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Handshakes with mutual authentication, the work of both ends together, without a network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandshakeBenchmark {
  /** How both ends prove who they are. */
  @Param({"tls-cert", "tls-cert+hybrid", "tls-psk", "tls-psk+hybrid", "dtls-cert", "dtls-psk"})
  public String way;

  private Ways ways;

  /** Gives both ends what they need. */
  @Setup
  public void open() {
    ways = new Ways(way);
  }

  /** Forgets it. */
  @TearDown
  public void close() {
    ways.close();
  }

  /** From nothing to a channel, and its end. */
  @Benchmark
  public Assurance handshake() {
    Ways.Pair pair = ways.shake();
    Assurance assurance = pair.server().assurance();
    pair.close();
    return assurance;
  }
}
