// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads shared networks and the subnets that stand alone. */
final class NetworkReader {
  private final Vocabulary words;
  private final SubnetReader subnets;
  private final Claims claims;
  private final Map<String, Place> names = new HashMap<>();

  NetworkReader(Vocabulary words, Claims claims, SubnetReader subnets) {
    this.words = words;
    this.claims = claims;
    this.subnets = subnets;
  }

  /** All links: shared networks first, as in Kea. */
  List<Link> read(Level globals, OptionSet options) {
    Dialect dialect = globals.dialect();
    List<Link> links = new ArrayList<>();
    for (Fields network : globals.fields().objects("shared-networks", ObjectKind.SHARED_NETWORK)) {
      shared(new Level(network, globals), options).ifPresent(links::add);
    }
    for (Fields subnet : globals.fields().objects(dialect.subnets(), ObjectKind.SUBNET)) {
      Level level = new Level(subnet, globals);
      subnets
          .read(level, OptionSet.NONE, options)
          .ifPresent(
              s -> {
                claims.selectors(subnet, s.selectors(), s, s.classes().guard().isOpen());
                links.add(
                    new Link(
                        dialect.family(),
                        s.prefix().toString(),
                        false,
                        Selectors.NONE,
                        List.of(s),
                        FailoverTerms.relationship(level)));
              });
    }
    return SubnetIds.assign(links);
  }

  private Optional<Link> shared(Level network, OptionSet globals) {
    Fields fields = network.fields();
    Optional<String> name = fields.requiredText("name");
    name.ifPresent(n -> checkName(fields, n));
    OptionSet options = OptionValues.read(fields, words);
    ClassTerms classes = ClassTermsReader.read(fields, words.classes());
    Selectors selectors = SelectorReader.read(fields);
    Agreement interfaceName = new Agreement("interface", fields.findings());
    Agreement rapid = new Agreement("rapid-commit", fields.findings());
    Agreement bootp = new Agreement("bootp", fields.findings());
    Agreement authority = new Agreement("authoritative", fields.findings());
    Agreement failover = new Agreement("failover", fields.findings());
    authority.told(fields, Boolean.toString(network.flag("authoritative", false)));
    selectors.interfaceName().ifPresent(value -> interfaceName.told(fields, value));
    Optional<String> governor = Optional.empty();
    List<Subnet> read = new ArrayList<>();
    for (Fields inner : fields.objects(network.dialect().subnets(), ObjectKind.SUBNET)) {
      Level level = new Level(inner, network);
      governor = FailoverTerms.relationship(level);
      failover.told(inner, governor.orElse("not set"));
      Optional<Subnet> subnet = subnets.read(level, options, globals);
      if (subnet.isPresent()) {
        read.add(subnet.get());
        boolean open = classes.guard().isOpen() && subnet.get().classes().guard().isOpen();
        claims.selectors(fields, selectors, network, open);
        claims.selectors(inner, subnet.get().selectors(), network, open);
        rapid.told(inner, Boolean.toString(subnet.get().rapidCommit()));
        bootp.told(inner, Boolean.toString(subnet.get().dhcp4().bootp()));
        authority.told(inner, Boolean.toString(subnet.get().dhcp4().authoritative()));
        subnet
            .get()
            .selectors()
            .interfaceName()
            .ifPresent(value -> interfaceName.told(inner, value));
      }
    }
    if (read.isEmpty()) {
      fields
          .findings()
          .warn(
              "empty network",
              fields.place(),
              "the shared network " + name.orElse("") + " has no subnets");
      return Optional.empty();
    }
    Optional<String> all = governor;
    return name.map(
        n -> new Link(network.dialect().family(), n, true, selectors, read, all, classes));
  }

  private void checkName(Fields fields, String name) {
    Place first = names.putIfAbsent(name, fields.place("name"));
    if (first != null) {
      fields.error(
          "name", "\"" + name + "\" is already the name of the shared network at " + first);
    }
    if (isPrefix(name)) {
      fields.error(
          "name",
          "\"" + name + "\" is a prefix; accepted is a name that cannot be taken for a subnet");
    }
  }

  private static boolean isPrefix(String name) {
    try {
      Prefix.ofText(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What has to be the same for all subnets of a shared network, which are on one wire and get the
   * same exchange.
   */
  private static final class Agreement {
    private final String key;
    private final Findings findings;
    private String value;
    private Place place;

    Agreement(String key, Findings findings) {
      this.key = key;
      this.findings = findings;
    }

    void told(Fields fields, String here) {
      if (value == null) {
        value = here;
        place = fields.place(key);
      } else if (!value.equals(here)) {
        findings.error(
            fields.place(key),
            "\"%s\" is %s here and %s at %s; accepted is the same throughout a shared network"
                .formatted(key, here, value, place));
      }
    }
  }
}
