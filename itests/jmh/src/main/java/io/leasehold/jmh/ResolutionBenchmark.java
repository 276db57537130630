// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.asap.AsapRates;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A registrar without network that tells who is in a pool: from octets to octets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResolutionBenchmark {
  private static final long USER = 1;

  /**
   * How the members of the pool are chosen, and how many they are. A pool by client hash is named
   * as a whole and has to fit into one message, so it has less than a thousand; of others a hundred
   * are named.
   */
  @Param({"pairs-4", "pairs-100", "turns-4", "turns-100", "turns-1000"})
  public String pool;

  private final Pools.LastMessage sent = new Pools.LastMessage();
  private Registrar registrar;
  private Bytes question;
  private long now;

  /** Makes the registrar, and members that are another one's. */
  @Setup
  public void register() {
    int members = Integer.parseInt(pool.substring(6));
    List<PoolElement> elements =
        pool.startsWith("pairs") ? Pools.pairs(members) : Pools.turns(members);
    Random random = new Random(1);
    Handlespace space = new Handlespace(SpaceLimits.DEFAULT, random);
    for (PoolElement each : elements) {
      if (!space.put(Pools.POOL, each)) {
        throw new IllegalStateException("no room for " + each);
      }
    }
    Notebook notebook = new Notebook(InstantSource.system(), what -> {});
    Premises premises = new Premises(space, new Everything(), random, notebook, true);
    registrar = new Registrar(settings(), premises, sent, (sessions, changes) -> new Alone());
    registrar.opened(USER, Pools.caller(PeerRole.POOL_USER), now);
    question = new HandleResolution(false, Pools.POOL, OptionalLong.empty()).encode();
  }

  private static AsapSettings settings() {
    AsapSettings usual = AsapSettings.DEFAULT;
    return new AsapSettings(
        new AsapRates(1, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, 1),
        usual.elementsOfIdentity(),
        usual.items(),
        usual.fewItems(),
        usual.subscriptions(),
        usual.mostBadReports(),
        usual.refusals(),
        usual.plainUsers(),
        usual.privatePolicies(),
        usual.scope(),
        usual.toElements(),
        usual.timers());
  }

  /** One resolution. */
  @Benchmark
  public Bytes resolve() {
    now += 1000;
    registrar.message(USER, question, now);
    return sent.message;
  }

  private static final class Everything implements PeerAuthorizer {
    @Override
    public boolean permits(AuthenticatedPeer peer, PeerRole role) {
      return true;
    }

    @Override
    public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
      return true;
    }

    @Override
    public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
      return true;
    }

    @Override
    public boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
      return true;
    }
  }

  /** There are no other registrars. */
  private static final class Alone implements Federation {
    @Override
    public long serverId() {
      return 1;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public String condition() {
      return "";
    }

    @Override
    public void added(PoolHandle handle, PoolElement element, long now) {
      // Nobody is to be told.
    }

    @Override
    public void removed(PoolHandle handle, PoolElement element, long now) {
      // Nobody is to be told.
    }

    @Override
    public List<RegistrarControl.Peer> peers(long now) {
      return List.of();
    }

    @Override
    public void opened(long session, Caller caller, long now) {
      throw new IllegalStateException("no registrar connects");
    }

    @Override
    public void message(long session, Bytes message, long now) {
      throw new IllegalStateException("no registrar speaks");
    }

    @Override
    public void ended(long session, String why, long now) {
      throw new IllegalStateException("no registrar leaves");
    }

    @Override
    public void onTimer(long now) {
      // It has nothing to do.
    }

    @Override
    public long deadline() {
      return NEVER;
    }
  }
}
