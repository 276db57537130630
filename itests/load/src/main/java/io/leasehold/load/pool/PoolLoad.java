// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import com.google.gson.JsonObject;
import io.leasehold.load.Words;
import io.leasehold.net.Ipv6;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The words after {@code pool} on the command line; README.md has them. */
public final class PoolLoad {
  private static final Set<String> VALUED =
      Set.of(
          "--to",
          "--port",
          "--from",
          "--keys",
          "--crowd",
          "--first",
          "--pools",
          "--other",
          "--closed",
          "--rate",
          "--seconds",
          "--warm",
          "--patience");
  private static final int PORT_IN_CLEAR = 3863;
  private static final int PORT = 3864;
  private static final int CROWD = 64;
  private static final double SECONDS = 5;
  private static final int PATIENCE_SECONDS = 120;
  private static final int MILLIS = 1000;

  private final Words words;
  private final PrintStream out;
  private final int count;
  private final int first;
  private final Crowd.Place place;

  private PoolLoad(Words words, PrintStream out) throws IOException {
    this.words = words;
    this.out = out;
    count = words.whole("--crowd", CROWD);
    first = words.whole("--first", 0);
    Keys keys = words.text("--keys").map(each -> new Keys(Path.of(each))).orElse(null);
    place = new Crowd.Place(Ipv6.ofText(needed("--from")), address(needed("--to")), keys);
  }

  /**
   * Does what the words say; prints a line of JSON for each measurement.
   *
   * @param in for {@code register}: a line for each time that the crowd goes on to the next number
   *     of pools, and its end ends the crowd
   * @throws IllegalArgumentException for words that are not understood
   */
  public static void run(List<String> line, InputStream in, PrintStream out) throws IOException {
    Words words = new Words(line, VALUED, Set.of());
    String word = words.next().orElse("");
    PoolLoad load = new PoolLoad(words, out);
    switch (word) {
      case "resolve" -> load.resolve();
      case "register" ->
          load.register(new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)));
      default -> throw new IllegalArgumentException("pool resolve or pool register, not " + word);
    }
  }

  private String needed(String option) {
    return words
        .text(option)
        .orElseThrow(() -> new IllegalArgumentException(option + " is missing"));
  }

  private InetSocketAddress address(String text) throws IOException {
    int usual = words.has("--keys") ? PORT : PORT_IN_CLEAR;
    return new InetSocketAddress(InetAddress.getByName(text), words.whole("--port", usual));
  }

  private void resolve() throws IOException {
    double warm = words.number("--warm", 0);
    double seconds = words.number("--seconds", SECONDS);
    try (Crowd crowd = new Crowd(place, first, count)) {
      Resolving resolving = new Resolving(crowd, Registering.pool(0));
      int members = resolving.members();
      JsonObject found =
          words.has("--rate")
              ? resolving.open(words.number("--rate", 1), warm, seconds)
              : resolving.closed(words.whole("--closed", count), warm, seconds);
      found.addProperty("members", members);
      found.addProperty("connections", count);
      out.println(found);
    }
  }

  private void register(BufferedReader in) throws IOException {
    int patience = words.whole("--patience", PATIENCE_SECONDS) * MILLIS;
    long begun = System.nanoTime();
    try (Crowd crowd = new Crowd(place, first, count)) {
      double connecting = (System.nanoTime() - begun) / 1e6;
      Registering registering = new Registering(crowd, place);
      if (words.has("--other")) {
        registering.watch(address(needed("--other")), first);
      }
      for (String pools : needed("--pools").split(",")) {
        JsonObject found = registering.join(Integer.parseInt(pools), patience);
        found.addProperty("connections", count);
        found.addProperty("connectMillis", connecting);
        out.println(found);
        out.flush();
        if (!goOn(crowd, registering, in)) {
          return;
        }
      }
    }
  }

  /** Lives until there is a line; false if there is none any more. */
  private static boolean goOn(Crowd crowd, Registering registering, BufferedReader in)
      throws IOException {
    CompletableFuture<Boolean> line = CompletableFuture.supplyAsync(() -> isThere(in));
    line.thenRun(crowd::wake);
    while (!line.isDone()) {
      registering.live();
    }
    if (registering.gone() > 0) {
      throw new IOException(registering.gone() + " pool elements were removed");
    }
    return line.join();
  }

  private static boolean isThere(BufferedReader in) {
    try {
      return in.readLine() != null;
    } catch (IOException e) {
      return false;
    }
  }
}
