// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.leasehold.load.pool.PoolLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The command line of the load generator; README.md has its words. */
public final class Main {
  private static final int OBTAIN_WINDOW = 256;
  private static final int OBTAIN_ROUNDS = 8;
  private static final double OBTAIN_SECONDS = 3600;

  private final Settings settings;
  private final PrintStream out;
  private final PrintStream log;
  private final Report report;

  Main(Settings settings, PrintStream out, PrintStream log) {
    this.settings = settings;
    this.out = out;
    this.log = log;
    report = new Report(settings.v6);
  }

  /**
   * Runs the generator, the echo, or the crowd of a registrar; ends the process with 0, with 1 if
   * it cannot run, or with 2 for words it does not know.
   */
  public static void main(String[] arguments) {
    try {
      List<String> words = List.of(arguments);
      if (words.indexOf("pool") == 0) {
        PoolLoad.run(words.subList(1, words.size()), System.in, System.out);
        return;
      }
      Settings settings = new Settings(words);
      new Main(settings, System.out, System.err).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  void run() throws IOException {
    if (settings.echo) {
      Echo.run(settings, out);
      return;
    }
    try (Generator generator = new Generator(settings)) {
      boolean renew = settings.flow == Settings.Flow.RENEW;
      Clients clients = new Clients(settings.base(), settings.clients, renew);
      if (renew) {
        obtain(generator, clients);
      }
      if (settings.search) {
        search(generator, clients);
      } else {
        boolean open = settings.window == 0;
        double rate = open ? settings.rate : 0;
        Tally tally = generator.run(load(generator, rate), clients);
        print(report.json(tally, rate), report.line(tally, rate));
      }
    }
  }

  private void obtain(Generator generator, Clients clients) throws IOException {
    for (int i = 0; i < OBTAIN_ROUNDS && clients.leases() < settings.clients; i++) {
      clients.rewind();
      Load load = new Load(Load.Kind.OBTAIN, null, OBTAIN_WINDOW, 0, OBTAIN_SECONDS);
      generator.run(load, clients);
    }
    clients.rewind();
    if (clients.leases() == 0) {
      throw new IOException("no client obtained a lease");
    }
    log.println(clients.leases() + " clients have a lease");
  }

  private Load load(Generator generator, double rate) {
    Load.Kind kind = Load.Kind.valueOf(settings.flow.name());
    Schedule schedule = null;
    if (rate > 0) {
      schedule =
          settings.poisson ? Schedule.poisson(rate, generator.random()) : Schedule.even(rate);
    }
    return new Load(kind, schedule, settings.window, settings.warmSeconds, settings.seconds);
  }

  private void search(Generator generator, Clients clients) {
    Search search =
        new Search(
            settings,
            rate -> {
              Tally tally = generator.run(load(generator, rate), clients);
              generator.quiet();
              return tally;
            },
            one ->
                log.println(
                    (one.good() ? "good " : "bad  ") + report.line(one.tally(), one.rate())));
    Search.Try best = search.from(settings.rate);
    String limit = search.isGeneratorTheLimit() ? "; the generator is the limit" : "";
    print(
        report.json(search, best),
        best == null
            ? "no rate is served"
            : "best " + report.line(best.tally(), best.rate()) + limit);
  }

  private void print(JsonObject json, String line) {
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    out.println(settings.json ? gson.toJson(json) : line);
  }
}
