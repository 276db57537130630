// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.LeaseLedger;
import io.leasehold.server.PlanControl;
import io.leasehold.server.ServerStatus;
import java.io.PrintStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

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
  public final Object execute() throws Exception {
    if (services != null) {
      run();
      return null;
    }
    try (Services found = lookup.open()) {
      services = found;
      run();
    } finally {
      services = null;
      out.flush();
    }
    return null;
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

  private <T> T server(Class<T> type) throws CommandFailure {
    return services
        .find(type)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "the server is not here: it is not installed (feature:install leasehold-server)"
                        + " or does not start (scr:list)"));
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
