// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
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
  private record Told(Place place, String value) {}

  private final OptionDefinitions definitions;
  private final SubnetReader subnets;
  private final Map<String, Place> names = new HashMap<>();

  NetworkReader(OptionDefinitions definitions, SubnetReader subnets) {
    this.definitions = definitions;
    this.subnets = subnets;
  }

  /** All links: shared networks first, as in Kea. */
  List<Link> read(Level globals) {
    OptionSet options = OptionValues.read(globals.fields(), definitions);
    List<Link> links = new ArrayList<>();
    for (Fields network : globals.fields().objects("shared-networks", ObjectKind.SHARED_NETWORK)) {
      shared(new Level(network, globals), options).ifPresent(links::add);
    }
    for (Fields subnet : globals.fields().objects("subnet6", ObjectKind.SUBNET)) {
      subnets
          .read(new Level(subnet, globals), options)
          .ifPresent(
              s -> links.add(new Link(s.prefix().toString(), false, Selectors.NONE, List.of(s))));
    }
    return SubnetIds.assign(links);
  }

  private Optional<Link> shared(Level network, OptionSet outerOptions) {
    Fields fields = network.fields();
    Optional<String> name = fields.requiredText("name");
    name.ifPresent(n -> checkName(fields, n));
    OptionSet options = OptionValues.read(fields, definitions).over(outerOptions);
    Selectors selectors = SelectorReader.read(fields);
    Told interfaceName =
        selectors.interfaceName().map(v -> new Told(fields.place("interface"), v)).orElse(null);
    Told rapid = null;
    List<Subnet> read = new ArrayList<>();
    for (Fields subnetFields : fields.objects("subnet6", ObjectKind.SUBNET)) {
      Level level = new Level(subnetFields, network);
      Optional<Subnet> subnet = subnets.read(level, options);
      if (subnet.isPresent()) {
        read.add(subnet.get());
        Told rapidHere =
            new Told(
                subnetFields.place("rapid-commit"), Boolean.toString(subnet.get().rapidCommit()));
        rapid = agree(fields, "rapid-commit", rapid, rapidHere);
        Optional<String> own = subnet.get().selectors().interfaceName();
        if (own.isPresent()) {
          interfaceName =
              agree(
                  fields,
                  "interface",
                  interfaceName,
                  new Told(subnetFields.place("interface"), own.get()));
        }
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
    return name.map(n -> new Link(n, true, selectors, read));
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

  /** All subnets of a shared network are on one wire and get the same exchange. */
  private static Told agree(Fields network, String key, Told before, Told here) {
    if (before == null || before.value().equals(here.value())) {
      return before == null ? here : before;
    }
    network
        .findings()
        .error(
            here.place(),
            "\"%s\" is %s here and %s at %s; accepted is the same throughout a shared network"
                .formatted(key, here.value(), before.value(), before.place()));
    return before;
  }
}
