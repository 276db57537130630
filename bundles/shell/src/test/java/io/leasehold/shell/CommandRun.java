// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Runs commands on given services and keeps what they print. */
final class CommandRun {
  private CommandRun() {}

  /** What is printed; throws what the console would show as the error. */
  static String print(DhcpCommand command, Object... services) throws CommandFailure {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    print(printed, command, services);
    return printed.toString(StandardCharsets.UTF_8);
  }

  static void print(ByteArrayOutputStream to, DhcpCommand command, Object... services)
      throws CommandFailure {
    command.services = new Given(List.of(services));
    command.out = new PrintStream(to, true, StandardCharsets.UTF_8);
    command.run();
  }

  static <T extends DhcpCommand> T json(T command) {
    command.json = true;
    return command;
  }

  static LeaseShowCommand show(String target) {
    LeaseShowCommand command = new LeaseShowCommand();
    command.words = List.of(target);
    return command;
  }

  /** Services of a test. */
  record Given(List<Object> services) implements Services {
    @Override
    public <T> Optional<T> find(Class<T> type) {
      return all(type).stream().findFirst();
    }

    @Override
    public <T> List<T> all(Class<T> type) {
      return services.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }
}
