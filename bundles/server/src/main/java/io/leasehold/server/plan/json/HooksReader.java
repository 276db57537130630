// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.expression.ExpressionContext;
import io.leasehold.server.expression.ExpressionException;
import io.leasehold.server.expression.ExpressionParser;
import io.leasehold.server.expression.Mentions;
import io.leasehold.server.expression.Value;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.PingCheck;
import java.util.Optional;

/** Reads the entries of Kea's libraries that something here stands for. */
final class HooksReader {
  private static final String PING_CHECK = "libdhcp_ping_check";
  private static final String FLEX_ID = "libdhcp_flex_id";
  private static final String EXPRESSION = "identifier-expression";
  private static final String BOOTP = "libdhcp_bootp";
  private static final int MOST_REQUESTS = 10;
  private static final long LONGEST_MILLIS = 5_000;

  /**
   * What is said where Kea loads its libraries.
   *
   * @param pingCheck of the ping-check library
   * @param flexId of the flex-id library
   */
  record Hooks(PingCheck pingCheck, Optional<FlexId> flexId) {}

  private HooksReader() {}

  /** What is said of libraries; each that nothing stands for is a warning. */
  static Hooks read(Fields globals, Vocabulary words) {
    PingCheck check = PingCheck.OFF;
    Optional<FlexId> flexId = Optional.empty();
    for (Fields hook : globals.objects("hooks-libraries", ObjectKind.HOOKS_LIBRARY)) {
      String library = hook.requiredText("library").orElse("");
      if (library.contains(PING_CHECK) && hook.dialect() == Dialect.V4) {
        check =
            hook.object("parameters", ObjectKind.PING_CHECK).map(HooksReader::read).orElse(on());
      } else if (library.contains(FLEX_ID)) {
        flexId = flexId(globals, hook, words);
      } else if (!library.isEmpty()) {
        other(hook, library.contains(BOOTP) && hook.dialect() == Dialect.V4);
      }
    }
    return new Hooks(check, flexId);
  }

  private static void other(Fields hook, boolean bootp) {
    String instead =
        bootp ? "BOOTP clients are served where the plan has \"bootp\": true" : PlanKeys.HOOKS;
    hook.findings()
        .warn(
            "hooks " + bootp,
            hook.place("library"),
            (bootp ? BOOTP : "\"hooks-libraries\"") + " has no effect here: " + instead);
  }

  /** What a library without parameters means. */
  private static PingCheck on() {
    PingCheck off = PingCheck.OFF;
    return new PingCheck(true, off.requests(), off.replyMillis(), off.clientSeconds());
  }

  private static PingCheck read(Fields fields) {
    PingCheck otherwise = PingCheck.OFF;
    return new PingCheck(
        fields.flag("enable-ping-check").orElse(true),
        (int) fields.whole("min-ping-requests", 1, MOST_REQUESTS).orElse(otherwise.requests()),
        fields.whole("reply-timeout", 1, LONGEST_MILLIS).orElse(otherwise.replyMillis()),
        fields.seconds("ping-cltt-secs").orElse(otherwise.clientSeconds()));
  }

  private static Optional<FlexId> flexId(Fields globals, Fields hook, Vocabulary words) {
    Optional<Fields> parameters = hook.object("parameters", ObjectKind.FLEX_ID);
    Optional<String> text = parameters.flatMap(fields -> fields.requiredText(EXPRESSION));
    if (parameters.isEmpty()) {
      hook.error("library", FLEX_ID + " needs \"parameters\" with \"" + EXPRESSION + "\"");
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = parameters.get();
    boolean replaces = fields.flag("replace-client-id").orElse(false);
    boolean ignores = fields.flag("ignore-iaid").orElse(false);
    try {
      ExpressionContext context =
          new ExpressionContext(fields.dialect().family(), words.options(), words.classes());
      Value identifier = ExpressionParser.value(text.get(), context);
      boolean globalsFirst = globals.flag(SettingsReader.GLOBALS_FIRST).orElse(false);
      checkClasses(fields, identifier.mentions(), words.classes(), globalsFirst);
      ClassReader.remark(fields, EXPRESSION, identifier.remarks());
      return Optional.of(new FlexId(identifier, replaces, ignores));
    } catch (ExpressionException e) {
      fields.error(EXPRESSION, "\"" + EXPRESSION + "\" is not an expression: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * As in Kea, an identifier is made when only the message has been looked at. A class that begins
   * to have members later would be asked for in vain, and silently.
   */
  private static void checkClasses(
      Fields fields, Mentions mentions, ClassNumbers classes, boolean globalsFirst) {
    for (String name : mentions.classes()) {
      Optional<ClientClass> definition = classes.definition(name);
      boolean isLate =
          globalsFirst
              || name.equals(Mentions.KNOWN)
              || name.equals(Mentions.UNKNOWN)
              || definition.isPresent() && !isEarly(definition.get());
      if (isLate) {
        fields.error(
            EXPRESSION,
            "\"%s\" asks for the class \"%s\", which has no members yet when an identifier is made%s; accepted are classes that the message alone decides about"
                .formatted(
                    EXPRESSION,
                    name,
                    globalsFirst ? ", as \"" + SettingsReader.GLOBALS_FIRST + "\" is true" : ""));
      }
    }
  }

  private static boolean isEarly(ClientClass one) {
    return (one.test().isPresent() || one.template().isPresent())
        && !one.afterReservations()
        && !one.additional();
  }
}
