// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pools of addresses and of prefixes. */
final class PoolReader {
  private final Vocabulary words;
  private final Claims claims;
  private final Compatibility compatibility;

  PoolReader(Vocabulary words, Claims claims, Compatibility compatibility) {
    this.words = words;
    this.claims = claims;
    this.compatibility = compatibility;
  }

  /** The address pools of a subnet. */
  List<AddressPool> pools(Fields subnet, Prefix prefix) {
    List<AddressPool> pools = new ArrayList<>();
    for (Fields fields : subnet.objects("pools", ObjectKind.POOL)) {
      OptionSet options = OptionValues.read(fields, words);
      ClassTerms classes = ClassTermsReader.read(fields, words.classes());
      Optional<AddressPool> pool =
          fields
              .requiredText("pool")
              .flatMap(text -> range(fields, text))
              .map(range -> new AddressPool(range.first(), range.last(), options, classes));
      if (pool.isPresent()
          && !(prefix.contains(pool.get().first()) && prefix.contains(pool.get().last()))) {
        fields.error(
            "pool",
            "\"" + fields.text("pool").orElseThrow() + "\" is not inside the subnet " + prefix);
      } else if (pool.isPresent()) {
        if (!compatibility.excludesFrom(prefix)) {
          checkHosts(fields, pool.get(), prefix);
        }
        claims.pool(fields.place("pool"), pool.get().first(), pool.get().last(), prefix);
        pools.add(pool.get());
      }
    }
    return pools;
  }

  /**
   * Says where a pool has what means all hosts of an IPv4 subnet, or the subnet itself (RFC 1122
   * section 3.2.1.3). As in Kea clients get it. Links of two addresses have neither (RFC 3021).
   */
  private static void checkHosts(Fields fields, AddressPool range, Prefix subnet) {
    if (subnet.isMapped()
        && subnet.ipv4Length() <= 30
        && (range.contains(subnet.first()) || range.contains(subnet.last()))) {
      fields
          .findings()
          .warn(
              "host addresses",
              fields.place("pool"),
              "the first and the last address of the subnet "
                  + subnet
                  + " are no host's, and clients get what of them is in the pool");
    }
  }

  /** First and last address of a pool. */
  private record Range(Ipv6 first, Ipv6 last) {}

  private static Optional<Range> range(Fields fields, String text) {
    Place place = fields.place("pool");
    if (text.indexOf('/') >= 0) {
      return AddressText.prefix(fields, place, text).map(p -> new Range(p.first(), p.last()));
    }
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      fields.error(
          "pool",
          "\"" + text + "\" is not a pool; accepted are \"first - last\" and \"prefix/length\"");
      return Optional.empty();
    }
    Optional<Ipv6> first = AddressText.address(fields, place, text.substring(0, hyphen).trim());
    Optional<Ipv6> last = AddressText.address(fields, place, text.substring(hyphen + 1).trim());
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    if (first.get().compareTo(last.get()) > 0) {
      fields.error("pool", "\"" + text + "\" ends before it begins; accepted is \"first - last\"");
      return Optional.empty();
    }
    return Optional.of(new Range(first.get(), last.get()));
  }

  /** The pools of prefixes to delegate. */
  List<PrefixPool> prefixPools(Fields subnet, Prefix prefix) {
    List<PrefixPool> pools = new ArrayList<>();
    for (Fields fields : subnet.objects("pd-pools", ObjectKind.PD_POOL)) {
      OptionSet options = OptionValues.read(fields, words);
      ClassTerms classes = ClassTermsReader.read(fields, words.classes());
      Optional<String> address = fields.requiredText("prefix");
      OptionalLong length = fields.requiredWhole("prefix-len", 1, 128);
      OptionalLong delegated = fields.requiredWhole("delegated-len", 1, 128);
      OptionalLong excludedLength = fields.whole("excluded-prefix-len", 0, 128);
      Optional<String> excludedAddress = fields.text("excluded-prefix");
      if (address.isEmpty() || length.isEmpty() || delegated.isEmpty()) {
        continue;
      }
      String text = address.get() + "/" + length.getAsLong();
      Optional<Prefix> whole = AddressText.prefix(fields, fields.place("prefix"), text);
      if (delegated.getAsLong() < length.getAsLong()) {
        fields.error(
            "delegated-len",
            "\"delegated-len\" is %d; accepted is \"prefix-len\", which is %d, or more"
                .formatted(delegated.getAsLong(), length.getAsLong()));
      } else if (whole.isPresent()) {
        int units = (int) delegated.getAsLong();
        Optional<Prefix> excluded =
            excluded(fields, whole.get(), units, excludedAddress, excludedLength);
        claims.prefixPool(fields.place("prefix"), whole.get(), prefix);
        pools.add(new PrefixPool(whole.get(), units, excluded, options, classes));
      }
    }
    return pools;
  }

  /**
   * RFC 6603 section 4.2: one prefix, longer than the delegated one, is left out of every delegated
   * prefix.
   */
  private static Optional<Prefix> excluded(
      Fields fields,
      Prefix pool,
      int delegatedLength,
      Optional<String> address,
      OptionalLong length) {
    if (length.orElse(0) == 0) {
      if (address.isPresent() && !address.get().equals("::")) {
        fields.error("excluded-prefix", "\"excluded-prefix\" needs \"excluded-prefix-len\"");
      }
      return Optional.empty();
    }
    if (address.isEmpty()) {
      fields.error("excluded-prefix-len", "\"excluded-prefix-len\" needs \"excluded-prefix\"");
      return Optional.empty();
    }
    String text = address.get() + "/" + length.getAsLong();
    Optional<Prefix> excluded = AddressText.prefix(fields, fields.place("excluded-prefix"), text);
    Prefix firstDelegated = new Prefix(pool.address(), delegatedLength);
    if (length.getAsLong() <= delegatedLength) {
      fields.error(
          "excluded-prefix-len",
          "\"excluded-prefix-len\" is %d; accepted is more than \"delegated-len\", which is %d"
              .formatted(length.getAsLong(), delegatedLength));
      return Optional.empty();
    }
    if (excluded.isPresent() && !firstDelegated.contains(excluded.get())) {
      fields.error(
          "excluded-prefix",
          "\"" + excluded.get() + "\" is not inside the first delegated prefix, " + firstDelegated);
      return Optional.empty();
    }
    return excluded;
  }
}
