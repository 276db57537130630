// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.text.DhcpdParser;
import io.leasehold.lease.text.DhcpdScanner;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.server.PlanConversion;
import io.leasehold.server.PlanImport;
import io.leasehold.server.importing.DhcpdPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conversions as a service. Any thread. */
final class PlanImports implements PlanImport {
  @Override
  public PlanConversion ofDhcpd(Path configuration) throws IOException {
    try {
      return DhcpdPlan.convert(
          configuration.toString(),
          name ->
              name.equals(configuration.toString())
                  ? read(configuration)
                  : included(configuration, name));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One that is missing keeps nothing else from being converted. */
  private static List<DhcpdStatement> included(Path from, String name) {
    try {
      return read(from.toAbsolutePath().resolveSibling(name));
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getCause(), e);
    }
  }

  private static List<DhcpdStatement> read(Path file) {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      DhcpdParser parser = new DhcpdParser(new DhcpdScanner(in, 1));
      List<DhcpdStatement> statements = new ArrayList<>();
      for (Optional<DhcpdStatement> next = parser.next(); next.isPresent(); next = parser.next()) {
        statements.add(next.get());
      }
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
