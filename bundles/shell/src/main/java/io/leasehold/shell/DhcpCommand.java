// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.PlanControl;
import io.leasehold.server.ServerStatus;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;

/**
 * What the commands have in common: services that may be absent, output for people or for programs,
 * one line for a failure.
 */
abstract class DhcpCommand implements Action {
  private static final long PATIENCE_SECONDS = 120;

  @Reference Services.Lookup lookup;

  @Option(name = "--json", description = "Prints JSON, for programs")
  boolean json;

  /** For tests; the framework's when null. */
  Services services;

  /** Where results go. The console maps it to its own session. */
  PrintStream out = System.out;

  /** Does the work and prints. */
  abstract void run() throws CommandFailure;

  @Override
  public final Object execute() throws CommandException {
    try {
      runWithServices();
    } catch (CommandFailure e) {
      // The console knows this very class: it prints the words alone and keeps them out of the log.
      throw new CommandException(e.getMessage(), e.getMessage(), e);
    }
    return null;
  }

  private void runWithServices() throws CommandFailure {
    if (services != null) {
      run();
      return;
    }
    try (Services found = lookup.open()) {
      services = found;
      run();
    } finally {
      services = null;
      out.flush();
    }
  }

  /**
   * The words that are no options. The console reads options before arguments only, and people
   * write them after as well.
   */
  final List<String> arguments(List<String> words) throws CommandFailure {
    List<String> arguments = new ArrayList<>();
    for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
      String word = each.next();
      if (!word.startsWith("--")) {
        arguments.add(word);
      } else if (!raise(word) && !(each.hasNext() && take(word, each.next()))) {
        throw new CommandFailure("undefined option " + word + "; --help before others shows all");
      }
    }
    return arguments;
  }

  /** The one argument that a command has. */
  final String argument(List<String> words) throws CommandFailure {
    List<String> arguments = arguments(words);
    if (arguments.size() != 1) {
      throw new CommandFailure(
          "one argument is wanted and not " + arguments.size() + "; --help says which");
    }
    return arguments.get(0);
  }

  /** Raises a flag that stands behind the arguments; false if there is no such flag. */
  boolean raise(String flag) {
    json |= flag.equals("--json");
    return flag.equals("--json");
  }

  /** Takes an option with a value that stands behind the arguments; false if there is no such. */
  boolean take(String option, String value) {
    return false;
  }

  final ServerStatus status() throws CommandFailure {
    return server(ServerStatus.class);
  }

  final LeaseLedger ledger() throws CommandFailure {
    return server(LeaseLedger.class);
  }

  final PlanControl plan() throws CommandFailure {
    return server(PlanControl.class);
  }

  /** Every service of a type that features bring; never none. */
  final <T> List<T> installed(Class<T> type, String what, String feature) throws CommandFailure {
    List<T> all = services.all(type);
    if (all.isEmpty()) {
      throw new CommandFailure(
          "no " + what + " is here; install one, for example feature:install " + feature);
    }
    return all;
  }

  /** A service of the server. */
  final <T> T server(Class<T> type) throws CommandFailure {
    Optional<T> found = services.find(type);
    if (found.isPresent()) {
      return found.get();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "the server is not here: install it with feature:install leasehold-server, or see with"
            + " bundle:list why it does not run");
    lines.addAll(configurationFindings());
    throw new CommandFailure(String.join("\n", lines));
  }

  /** What is wrong with the configuration. */
  final List<String> configurationFindings() {
    return services
        .find(ConfigurationFindings.class)
        .map(ConfigurationFindings::findings)
        .orElse(List.of());
  }

  /** Waits for an answer of the server. */
  static <T> T await(CompletionStage<T> stage) throws CommandFailure {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CommandFailure(words(e.getCause()));
    } catch (TimeoutException e) {
      throw new CommandFailure(
          "the server has not answered for " + PATIENCE_SECONDS + " s; see dhcp:status");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
