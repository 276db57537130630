// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a seed is about.
 *
 * @param clients how many there are, to the end
 * @param crowd how many more there are while things go wrong
 * @param isScarce whether there is hardly more to be had than these clients need; each has one
 *     address then
 * @param lanes how many each server has
 * @param plan of both servers
 * @param trouble how long things go wrong, at most
 * @param kinds what goes wrong by chance
 * @param plot what goes wrong by design instead
 */
record PairScenario(
    int clients,
    int crowd,
    boolean isScarce,
    int lanes,
    PairPlan plan,
    Duration trouble,
    Set<Kind> kinds,
    Plot plot) {

  /** Kinds of trouble. */
  enum Kind {
    /** The connection between the servers is cut, or slow. */
    WIRE(67),
    /** Servers lose their power. */
    POWER(67),
    /** A disk is lost. */
    DISK(60),
    /** Clocks are apart, and are set. */
    CLOCK(50),
    /** They are so by minutes: the servers do not even talk with each other. */
    WRONG_CLOCK(8),
    /** Operators say that the partner is down, when it is. */
    PARTNER_DOWN(60),
    /** Operators say so when it is not, so that both serve alone. */
    MISTAKE(20),
    /** Operators drain, and have a server learn everything anew. */
    OPERATOR(50),
    /** Nothing more can be written. */
    STORE(30),
    /** Lanes do not tell of all that they change. */
    HINTS(50);

    private final int percent;

    Kind(int percent) {
      this.percent = percent;
    }
  }

  /** What goes wrong one thing after the other; see {@link PairStory}. */
  enum Plot {
    /** Nothing. */
    NONE,
    /** One serves on while nobody hears of it, and its partner takes over. */
    TAKEOVER,
    /** One gives something of which nobody hears, and loses its disk. */
    AMNESIA,
    /** One hears what ends, and nobody hears that it has. */
    ECHO
  }

  /** One seed in so many has a plot; the others go by chance. */
  private static final int PLOTS = 4;

  private static final String[] ALLOCATORS = {"iterative", "random", "flq"};
  private static final long[] VALID_SECONDS = {80, 100, 140, 180};
  private static final long[] MCLT_SECONDS = {30, 30, 60, 60, 80, 100};

  /** Draws the one of a seed. */
  static PairScenario of(long seed, RandomGenerator random) {
    return seed % PLOTS == 0 ? plotted(random) : ofChance(random);
  }

  private static PairScenario ofChance(RandomGenerator random) {
    Set<Kind> kinds = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(100) < kind.percent) {
        kinds.add(kind);
      }
    }
    int clients = random.nextInt(2, 7);
    boolean isScarce = random.nextInt(3) > 0;
    int crowd = isScarce ? random.nextInt(4) : 0;
    Duration trouble = Duration.ofSeconds(random.nextLong(150, 500));
    PairPlan plan = plan(random, (clients + 1) / 2, isScarce);
    return new PairScenario(
        clients, crowd, isScarce, random.nextInt(1, 3), plan, trouble, kinds, Plot.NONE);
  }

  /**
   * Lifetimes and MCLT are far apart, by which a promise may outlast what the partner knows of it,
   * and so little is there that it is soon given again; yet either half is enough for those who are
   * there to the end.
   */
  private static PairScenario plotted(RandomGenerator random) {
    Plot plot = Plot.values()[random.nextInt(1, Plot.values().length)];
    boolean isLeadLong = random.nextBoolean();
    long validSeconds = isLeadLong ? random.nextLong(80, 101) : 180;
    int clients = random.nextInt(3, 5);
    PairPlan plan =
        new PairPlan(
            ALLOCATORS[random.nextInt(ALLOCATORS.length)],
            4,
            1,
            PairPlan.Reserved.NOTHING,
            validSeconds,
            random.nextInt(4) > 0 ? 0 : 200,
            isLeadLong ? 100 : 30,
            false);
    return new PairScenario(
        clients,
        random.nextInt(4, 7),
        true,
        random.nextInt(1, 3),
        plan,
        Duration.ofMinutes(10),
        Set.of(),
        plot);
  }

  private static PairPlan plan(RandomGenerator random, int clientsOfLink, boolean isScarce) {
    PairPlan.Reserved reserved =
        random.nextInt(3) > 0
            ? PairPlan.Reserved.NOTHING
            : random.nextBoolean() ? PairPlan.Reserved.EVEN : PairPlan.Reserved.ODD;
    int more = reserved == PairPlan.Reserved.NOTHING ? 0 : 1;
    int needed = clientsOfLink + more;
    int prefixBits = 32 - Integer.numberOfLeadingZeros(needed - 1);
    return new PairPlan(
        ALLOCATORS[random.nextInt(ALLOCATORS.length)],
        isScarce ? 2 * needed + 2 * random.nextInt(2) : 16 << 2 * random.nextInt(2),
        isScarce ? Math.max(prefixBits, 1) : 4,
        reserved,
        VALID_SECONDS[random.nextInt(VALID_SECONDS.length)],
        random.nextBoolean() ? 0 : 200,
        MCLT_SECONDS[random.nextInt(MCLT_SECONDS.length)],
        false);
  }

  /** The same with a client of DHCPv4 beside each of DHCPv6. */
  PairScenario withDhcp4() {
    return new PairScenario(
        clients, crowd, isScarce, lanes, plan.withDhcp4(), trouble, kinds, plot);
  }

  boolean has(Kind kind) {
    return kinds.contains(kind);
  }
}
