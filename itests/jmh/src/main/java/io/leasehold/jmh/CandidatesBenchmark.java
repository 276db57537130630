// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.user.core.Surroundings;
import io.leasehold.pool.user.core.UserDesk;
import io.leasehold.pool.user.core.UserSettings;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.Assurance;
import io.leasehold.security.PeerRole;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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
 * Which members of a pool a message of a client goes to, as a relay agent asks for each message.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CandidatesBenchmark {
  private static final int CLIENTS = 1024;

  /** How the members are chosen, and how many they are. */
  @Param({"pairs-2", "pairs-4", "pairs-16", "pairs-64", "turns-4"})
  public String pool;

  private final Order order = new Order();
  private final Bytes[] clients = new Bytes[CLIENTS];
  private PoolSubscription subscription;

  /** Has a registrar tell who is in the pool. */
  @Setup
  public void learn() {
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = Samples.duid(i).value();
    }
    Map<String, String> file = Map.of("registrars", "tls://[2001:db8::1]", "channel", "pools");
    Pools.LastMessage sent = new Pools.LastMessage();
    UserDesk[] user = new UserDesk[1];
    user[0] =
        new UserDesk(
            UserSettings.read(file),
            new Surroundings(sent, new SplittableRandom(1), InstantSource.system(), stored -> {}),
            command -> {
              command.accept(0);
              return true;
            },
            Bytes.EMPTY,
            0);
    user[0].user().start(0);
    user[0].user().opened(1, Pools.caller(PeerRole.ENRP_SERVER), 0);
    subscription = user[0].follow(new PoolHandle(Pools.POOL.octets()), new Nobody());
    int members = Integer.parseInt(pool.substring(6));
    List<PoolElement> elements =
        pool.startsWith("pairs") ? Pools.pairs(members) : Pools.turns(members);
    HandleResolutionResponse answer =
        new HandleResolutionResponse(
            true,
            Pools.POOL,
            Optional.of(elements.get(0).policy().ofPool()),
            elements,
            Optional.empty());
    user[0].user().message(1, answer.encode(), 0);
    if (subscription.view().members().size() != members) {
      throw new IllegalStateException("not all are known: " + subscription.view());
    }
  }

  /** One message. */
  @Benchmark
  public PoolMember candidates() {
    return subscription.candidates(clients[order.next(CLIENTS)]).get(0);
  }

  /** Nobody hears of changes. */
  private static final class Nobody implements PoolListener {
    @Override
    public void changed(PoolView view) {
      // It is asked for.
    }

    @Override
    public void failover(PoolMember from, PoolMember to, Assurance assurance) {
      throw new IllegalStateException("no member leaves");
    }
  }
}
