// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.security.Sanitizer;
import io.leasehold.server.PlanEdit;
import io.leasehold.server.PlanPatch;
import io.leasehold.server.SubnetUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/** What commands that change a document of the plan have in common. */
abstract class PlanEditing extends PlanOrder {
  @Option(
      name = "--family",
      description = "Of DHCPv6 (v6) or of DHCPv4 (v4), where it is not clear")
  @Completion(FamilyCompleter.class)
  String family;

  @Option(name = "--dry-run", description = "Only shows what would be changed")
  boolean dryRun;

  @Override
  boolean raise(String flag) {
    dryRun |= flag.equals("--dry-run");
    return super.raise(flag) || flag.equals("--dry-run");
  }

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--family");
    family = known ? value : family;
    return known || super.take(option, value);
  }

  /** What is to be changed. */
  abstract PlanEdit edit() throws CommandFailure;

  @Override
  final void run() throws CommandFailure {
    PlanEdit edit = edit();
    PlanEdit.Mode mode =
        dryRun ? PlanEdit.Mode.TRY : yes ? PlanEdit.Mode.FORCED : PlanEdit.Mode.CAREFUL;
    String command = "dhcp:" + getClass().getAnnotation(Command.class).name();
    PlanPatch patch = await(lifecycle().edit(edit, mode, remark(command)));
    if (json) {
      Map<String, Object> facts = PlanDiffText.facts(patch.difference());
      facts.put("document", patch.document());
      facts.put("patch", patch.lines());
      facts.put("applied", patch.applied());
      out.println(Json.of(facts));
    } else {
      out.println(patch.document());
      patch.lines().lines().map(Sanitizer::line).forEach(out::println);
      PlanDiffText.print(out, patch.difference());
    }
    if (!patch.applied() && !dryRun || !patch.difference().report().accepted()) {
      requireConsent(patch.difference());
    }
    if (patch.applied() && !json) {
      out.println("In force: " + patch.difference().report().summary());
    }
  }

  /** The prefix of the subnet that a user names by it or by its id. */
  final Prefix subnet(String name) throws CommandFailure {
    Optional<Family> only = Families.read(family);
    SubnetTarget target = SubnetTarget.find(status(), name, only);
    return status().subnets().stream()
        .filter(use -> use.id() == target.id())
        .filter(use -> target.family().isEmpty() || use.family() == target.family().get())
        .map(SubnetUse::prefix)
        .map(Prefix::ofText)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "the plan has no subnet " + name + "; dhcp:subnet-list shows all"));
  }

  /** The family of a prefix. */
  static Family of(Prefix prefix) {
    return prefix.isMapped() ? Family.IPV4 : Family.IPV6;
  }

  /** Arguments, of which there must be some number. */
  final List<String> arguments(List<String> words, int least, int most) throws CommandFailure {
    List<String> arguments = arguments(words);
    if (arguments.size() < least || arguments.size() > most) {
      throw new CommandFailure("that is not how it is written; --help shows an example");
    }
    return arguments;
  }

  /** Members with a value, in order. */
  static Map<String, Object> members(Object... keysAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
        members.put(keysAndValues[i].toString(), value);
      }
    }
    return members;
  }

  /** A whole number. */
  static Long number(String text, String what) throws CommandFailure {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,10}")) {
      throw new CommandFailure("'" + text + "' is not " + what);
    }
    return Long.valueOf(text);
  }
}
