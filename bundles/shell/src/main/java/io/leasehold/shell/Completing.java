// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.ServerStatus;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Offers words that services know. Offers none while a service is absent or slow. */
abstract class Completing implements Completer {
  @Reference Services.Lookup lookup;

  /** The words. */
  abstract Collection<String> words(Services services) throws CommandFailure;

  @Override
  public final int complete(Session session, CommandLine line, List<String> candidates) {
    try (Services services = lookup.open()) {
      return new StringsCompleter(words(services)).complete(session, line, candidates);
    } catch (CommandFailure e) {
      return -1;
    }
  }

  /** What the server answers; nothing while it is absent. */
  static Collection<String> ask(
      Services services, Function<ServerStatus, Collection<String>> question) {
    return services.find(ServerStatus.class).map(question).orElse(List.of());
  }
}
