// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Tallies as JSON and as text. */
final class Report {
  private static final List<String> TYPES6 =
      List.of("", "solicit", "advertise", "request", "confirm", "renew", "rebind", "reply");
  private static final List<String> TYPES4 =
      List.of("", "discover", "offer", "request", "decline", "ack", "nak");

  private final boolean v6;

  Report(boolean v6) {
    this.v6 = v6;
  }

  /** Everything; times in microseconds. */
  JsonObject json(Tally tally, double rate) {
    JsonObject object = new JsonObject();
    object.addProperty("rate", rate);
    object.addProperty("seconds", tally.seconds());
    object.addProperty("begun", tally.begun);
    object.addProperty("completed", tally.completed);
    object.addProperty("lost", tally.lost());
    object.addProperty("lostFirst", tally.lostFirst);
    object.addProperty("lostSecond", tally.lostSecond);
    object.addProperty("unfinished", tally.unfinished);
    object.addProperty("refused", tally.refused);
    object.addProperty("lostPercent", round(100 * tally.lostShare()));
    object.addProperty("achieved", round(tally.achievedRate()));
    object.addProperty("sent", tally.sent);
    object.add("received", counts(tally.received, v6 ? TYPES6 : TYPES4));
    object.add("statuses", counts(tally.statuses, List.of()));
    addCounters(object, tally);
    object.add("generator", generator(tally));
    object.add("latencyMicros", latencies(tally));
    return object;
  }

  private static void addCounters(JsonObject object, Tally tally) {
    object.addProperty("naks", tally.naks);
    object.addProperty("sharedAddresses", tally.shared);
    object.addProperty("retransmissions", tally.retransmissions);
    object.addProperty("duplicates", tally.duplicates);
    object.addProperty("stale", tally.stale);
    object.addProperty("foreign", tally.foreign);
    object.addProperty("malformed", tally.malformed);
    object.addProperty("unwanted", tally.unwanted);
    object.addProperty("otherServers", tally.otherServers);
    object.addProperty("sendFailures", tally.sendFailures);
  }

  private static JsonObject generator(Tally tally) {
    JsonObject object = new JsonObject();
    object.addProperty("isTheLimit", tally.isGeneratorTheLimit());
    object.addProperty("behindPercent", round(100 * tally.behindShare()));
    object.addProperty("latePercent", round(100 * tally.lateShare()));
    object.addProperty("notBegun", tally.notBegun);
    object.addProperty("receiveOverflow", tally.overflow);
    object.addProperty("cpuMicrosPerExchange", round(tally.cpuMicrosPerExchange()));
    object.addProperty("cpuPercent", round(100 * tally.cpuShare()));
    object.addProperty("sendCalls", tally.sendCalls);
    object.addProperty("receiveCalls", tally.receiveCalls);
    object.add("latenessMicros", distribution(tally.lateness));
    return object;
  }

  private static JsonObject latencies(Tally tally) {
    JsonObject object = new JsonObject();
    object.add("exchange", distribution(tally.exchangeIntended));
    object.add("exchangeActual", distribution(tally.exchangeActual));
    object.add("exchangeWall", distribution(tally.exchangeWall));
    object.add("first", distribution(tally.firstIntended));
    object.add("firstActual", distribution(tally.firstActual));
    object.add("second", distribution(tally.secondIntended));
    object.add("secondActual", distribution(tally.secondActual));
    return object;
  }

  private static JsonObject distribution(Histogram histogram) {
    JsonObject object = new JsonObject();
    object.addProperty("count", histogram.getTotalCount());
    object.addProperty("mean", round(histogram.getMean() / 1e3));
    object.addProperty("p50", micros(histogram, 50));
    object.addProperty("p90", micros(histogram, 90));
    object.addProperty("p99", micros(histogram, 99));
    object.addProperty("p99.9", micros(histogram, 99.9));
    object.addProperty("max", round(histogram.getMaxValue() / 1e3));
    return object;
  }

  private static double micros(Histogram histogram, double percentile) {
    return round(histogram.getValueAtPercentile(percentile) / 1e3);
  }

  private static JsonObject counts(long[] counts, List<String> names) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        String other = i == counts.length - 1 ? "other" : Integer.toString(i);
        object.addProperty(i < names.size() ? names.get(i) : other, counts[i]);
      }
    }
    return object;
  }

  /** All tries of a search, and the best of them in full. */
  JsonObject json(Search search, Search.Try best) {
    JsonObject object = new JsonObject();
    object.addProperty("rate", best == null ? 0 : round(best.rate()));
    object.addProperty("generatorIsTheLimit", search.isGeneratorTheLimit());
    JsonArray tries = new JsonArray();
    for (Search.Try one : search.tries()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("rate", round(one.rate()));
      entry.addProperty("good", one.good());
      entry.addProperty("lostPercent", round(100 * one.tally().lostShare()));
      entry.addProperty("behindPercent", round(100 * one.tally().behindShare()));
      entry.addProperty("latePercent", round(100 * one.tally().lateShare()));
      entry.addProperty("p99", micros(one.tally().exchangeIntended, 99));
      tries.add(entry);
    }
    object.add("tries", tries);
    if (best != null) {
      object.add("best", json(best.tally(), best.rate()));
    }
    return object;
  }

  /** One line. */
  String line(Tally tally, double rate) {
    String target = rate > 0 ? String.format(Locale.ROOT, "%.0f/s", rate) : "closed";
    String line =
        String.format(
            Locale.ROOT,
            "%s: %d begun, %d completed (%.2f %% lost, %d refused), %.0f/s; ms mean %.2f, p50 %.2f,"
                + " p99 %.2f, max %.2f; generator %.1f us an exchange, %.0f %% of a core",
            target,
            tally.begun,
            tally.completed,
            100 * tally.lostShare(),
            tally.refused,
            tally.achievedRate(),
            tally.exchangeIntended.getMean() / 1e6,
            tally.exchangeIntended.getValueAtPercentile(50) / 1e6,
            tally.exchangeIntended.getValueAtPercentile(99) / 1e6,
            tally.exchangeIntended.getMaxValue() / 1e6,
            tally.cpuMicrosPerExchange(),
            100 * tally.cpuShare());
    return line + remarks(tally);
  }

  private static String remarks(Tally tally) {
    StringBuilder remarks = new StringBuilder();
    if (tally.shared > 0) {
      remarks.append("; ").append(tally.shared).append(" ADDRESSES GIVEN TO TWO CLIENTS");
    }
    if (tally.isGeneratorTheLimit()) {
      remarks.append(
          String.format(
              Locale.ROOT,
              "; the generator is the limit (%.1f %% of what was due not begun, %d answers overflowed)",
              100 * tally.behindShare(),
              tally.overflow));
    }
    if (tally.isLate()) {
      remarks.append(
          String.format(Locale.ROOT, "; %.1f %% begun over 10 ms late", 100 * tally.lateShare()));
    }
    return remarks.toString();
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
