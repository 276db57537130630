// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import java.util.List;
import java.util.Optional;

/** Settings that differ from the usual ones in one thing. */
final class Settings {
  private static final AsapSettings USUAL = AsapSettings.DEFAULT;

  private Settings() {}

  static AsapSettings withPrivatePolicies() {
    return of(USUAL.elementsOfIdentity(), USUAL.items(), false, true, Optional.empty());
  }

  static AsapSettings withElementsOfIdentity(int elements) {
    return of(elements, USUAL.items(), false, false, Optional.empty());
  }

  static AsapSettings withItems(int items) {
    return of(10_000, items, false, false, Optional.empty());
  }

  static AsapSettings withPlainUsers() {
    return of(USUAL.elementsOfIdentity(), USUAL.items(), true, false, Optional.empty());
  }

  static AsapSettings connecting() {
    return connecting(false);
  }

  static AsapSettings connecting(boolean inClear) {
    AsapSettings.ElementChannel channel = new AsapSettings.ElementChannel("elements", inClear);
    return of(10_000, USUAL.items(), false, false, Optional.of(channel));
  }

  private static AsapSettings of(
      int elementsOfIdentity,
      int items,
      boolean plainUsers,
      boolean privatePolicies,
      Optional<AsapSettings.ElementChannel> toElements) {
    return new AsapSettings(
        elementsOfIdentity > 1000 ? new AsapRates(100_000, 100_000, 1000, 1000, 10) : USUAL.rates(),
        elementsOfIdentity,
        items,
        USUAL.fewItems(),
        USUAL.subscriptions(),
        USUAL.mostBadReports(),
        USUAL.refusals(),
        plainUsers,
        privatePolicies,
        List.of(),
        toElements,
        USUAL.timers());
  }
}
