// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds pre-shared keys that cannot be told apart. All of them are refused: whichever were kept,
 * some peer would be taken for another.
 */
final class Clashes {
  private Clashes() {}

  static void find(Collection<Entry> entries) {
    Map<Bytes, TreeSet<String>> byIdentity = new LinkedHashMap<>();
    Map<Bytes, TreeSet<String>> byKey = new LinkedHashMap<>();
    Map<String, List<Bytes>> marks = new LinkedHashMap<>();
    for (Entry entry : entries) {
      entry.clash("");
      if (entry.held().orElse(null) instanceof Credential.PreSharedKey key) {
        String name = entry.spec().name();
        Bytes secret = digest(key);
        byIdentity.computeIfAbsent(key.identity(), any -> new TreeSet<>()).add(name);
        byKey.computeIfAbsent(secret, any -> new TreeSet<>()).add(name);
        marks.put(name, List.of(key.identity(), secret));
      }
    }
    for (Entry entry : entries) {
      List<Bytes> own = marks.get(entry.spec().name());
      if (own != null) {
        entry.clash(
            clash("identity", byIdentity.get(own.get(0))) + clash("key", byKey.get(own.get(1))));
      }
    }
  }

  private static String clash(String what, TreeSet<String> names) {
    return names.size() == 1
        ? ""
        : "the same %s is in the credentials %s; each wants its own (RFC 9257 section 4.1) "
            .formatted(what, names.stream().collect(Collectors.joining(", ")));
  }

  private static Bytes digest(Credential.PreSharedKey key) {
    byte[] octets = key.key().copy();
    try {
      return Digests.plain(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
