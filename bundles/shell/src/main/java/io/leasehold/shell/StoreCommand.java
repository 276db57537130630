// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the commands about the lease store have in common. */
abstract class StoreCommand extends DhcpCommand {
  /** The store that the server uses. */
  final LeaseStore store() throws CommandFailure {
    return installed(LeaseStore.class, "lease store", "leasehold-store-journal").get(0);
  }

  /** What the store can do beyond what every store can. */
  static <A> A ability(LeaseStore store, Class<A> wanted, String what) throws CommandFailure {
    return store
        .ability(wanted)
        .orElseThrow(
            () -> new CommandFailure("the lease store " + store.name() + " cannot " + what));
  }

  /** Prints facts, then sentences under a word. */
  final void print(Map<String, Object> facts, String word, List<String> sentences) {
    if (json) {
      facts.put(word, sentences);
      out.println(Json.of(facts));
    } else {
      FactLines.print(out, facts);
      sentences.forEach(out::println);
    }
  }

  /** A file by its name, from the directory of the instance on if it is relative. */
  static Path file(String name) {
    String base = System.getProperty("karaf.base", "");
    return Path.of(base).resolve(name).toAbsolutePath().normalize();
  }

  /** A failure of files in words. */
  static CommandFailure failure(String what, IOException e) {
    String reason =
        e instanceof java.nio.file.NoSuchFileException
            ? "there is no file " + e.getMessage()
            : e instanceof java.nio.file.FileSystemException
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : e.getMessage();
    return new CommandFailure(what + ": " + reason);
  }
}
