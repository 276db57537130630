// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarControl;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the commands about pools have in common. */
final class PoolText {
  private PoolText() {}

  /** A constant as a word in kebab case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A pool as it is written. */
  static PoolHandle handle(String text) throws CommandFailure {
    return Attempt.of(() -> PoolHandle.ofText(text));
  }

  /** A checksum as the others show it, four hex digits. */
  static String checksum(int value) {
    return "%04x".formatted(value);
  }

  /** Every pool that anybody here knows of. */
  static List<PoolHandle> all(Services services) {
    Stream<PoolHandle> followed =
        services.all(PoolUserControl.class).stream()
            .flatMap(each -> each.views().stream().map(PoolView::handle));
    Stream<PoolHandle> joined =
        services.all(PoolElementControl.class).stream()
            .flatMap(each -> each.registrations().stream().map(PoolRegistration::handle));
    Stream<PoolHandle> kept =
        services.all(RegistrarControl.class).stream()
            .flatMap(each -> each.pools().stream().map(RegistrarControl.Pool::handle));
    return Stream.of(followed, joined, kept)
        .flatMap(handles -> handles)
        .distinct()
        .sorted()
        .toList();
  }

  /** Fails if nobody here has to do with pools. */
  static void requireAny(Services services) throws CommandFailure {
    if (services.find(PoolUserControl.class).isEmpty()
        && services.find(PoolElementControl.class).isEmpty()
        && services.find(RegistrarControl.class).isEmpty()) {
      throw new CommandFailure(
          "no pool user, pool element or registrar is here; install one, for example"
              + " feature:install leasehold-pool-user");
    }
  }

  /** What wants attention, of all of them. */
  static List<String> alarms(Services services) {
    Stream<String> users =
        services.all(PoolUserControl.class).stream().flatMap(each -> each.alarms().stream());
    Stream<String> elements =
        services.all(PoolElementControl.class).stream().flatMap(each -> each.alarms().stream());
    Stream<String> registrars =
        services.all(RegistrarControl.class).stream().flatMap(each -> each.alarms().stream());
    return Stream.of(users, elements, registrars).flatMap(lines -> lines).toList();
  }
}
