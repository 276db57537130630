// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

/**
 * What is asked for on the command line.
 *
 * @param seed the only seed to run; null for many
 * @param from the first of many
 * @param seeds how many
 * @param hours how long a life of steady load lasts; 0 for none
 * @param trace whether everything that happens is printed
 * @param stop whether the first violation ends it
 * @param pair whether lives are those of two servers that share their clients
 * @param dhcp4 whether half of these clients are of DHCPv4
 * @param pool whether lives are those of pools, with their registrars and users
 */
record Arguments(
    Long seed,
    long from,
    long seeds,
    int hours,
    boolean trace,
    boolean stop,
    boolean pair,
    boolean dhcp4,
    boolean pool) {
  static final String USAGE =
      "usage: [--pair [--dhcp4] | --pool] --seeds N [--from S] [--stop]"
          + " | [--pair [--dhcp4] | --pool] --seed X [--trace] | --hours H";

  static Arguments of(String... words) {
    Long seed = null;
    long from = 1;
    long seeds = 1000;
    int hours = 0;
    boolean trace = false;
    boolean stop = false;
    boolean pair = false;
    boolean dhcp4 = false;
    boolean pool = false;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--seeds" -> seeds = number(words, ++i);
        case "--from" -> from = number(words, ++i);
        case "--seed" -> seed = number(words, ++i);
        case "--hours" -> hours = (int) number(words, ++i);
        case "--trace" -> trace = true;
        case "--stop" -> stop = true;
        case "--pair" -> pair = true;
        case "--dhcp4" -> dhcp4 = true;
        case "--pool" -> pool = true;
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    return new Arguments(seed, from, seeds, hours, trace, stop, pair, dhcp4, pool);
  }

  private static long number(String[] words, int at) {
    if (at >= words.length) {
      throw new IllegalArgumentException(USAGE);
    }
    return Long.parseLong(words[at]);
  }
}
