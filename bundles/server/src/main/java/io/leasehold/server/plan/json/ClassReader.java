// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.expression.Condition;
import io.leasehold.server.expression.ExpressionContext;
import io.leasehold.server.expression.ExpressionException;
import io.leasehold.server.expression.ExpressionParser;
import io.leasehold.server.expression.Mentions;
import io.leasehold.server.expression.Value;
import io.leasehold.server.plan.ClassLifetimes;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.OptionSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the classes of an object of the plan. */
final class ClassReader {
  private static final String OLDER_FLAG = "only-if-required";
  private static final String NEWER_FLAG = "only-in-additional-list";

  /** What reads an expression of some kind. */
  private interface Parser<T> {
    T parse(String text, ExpressionContext context) throws ExpressionException;
  }

  private static final Mentions NOTHING = new Mentions(List.of());

  private final OptionDefinitions definitions;
  private final ClassNumbers numbers;

  private ClassReader(Vocabulary words) {
    this.definitions = words.options();
    this.numbers = words.classes();
  }

  /** Reads {@code client-classes} and adds what it defines to the numbers of classes. */
  static void read(Fields globals, Vocabulary words) {
    List<Fields> all = globals.objects("client-classes", ObjectKind.CLIENT_CLASS);
    ClassReader reader = new ClassReader(words);
    all.forEach(reader::announce);
    all.forEach(reader::readOne);
  }

  private void announce(Fields fields) {
    Optional<String> name = fields.requiredText("name");
    Optional<Place> first = name.flatMap(n -> numbers.announce(n, fields.place("name")));
    first.ifPresent(
        place ->
            fields.error(
                "name", "\"" + name.get() + "\" is already the name of the class at " + place));
  }

  private void readOne(Fields fields) {
    Optional<Condition> test = expression(fields, "test", ExpressionParser::condition);
    Optional<Value> template = expression(fields, "template-test", ExpressionParser::value);
    if (fields.text("test").isPresent() && fields.text("template-test").isPresent()) {
      fields.error(
          "template-test",
          "\"template-test\" cannot stand beside \"test\"; accepted is one of them");
    }
    test.ifPresent(read -> remark(fields, "test", read.remarks()));
    template.ifPresent(read -> remark(fields, "template-test", read.remarks()));
    boolean additional = additional(fields);
    OptionSet options = OptionValues.read(fields, new Vocabulary(definitionsOf(fields), numbers));
    ClassLifetimes lifetimes = lifetimes(fields);
    if (additional && !lifetimes.equals(ClassLifetimes.NONE)) {
      fields
          .findings()
          .warn(
              "lifetimes of an additional class",
              fields.place(),
              "lifetimes of a class that is looked at when leases are chosen have no effect");
    }
    Optional<String> name = fields.text("name");
    if (name.isEmpty()) {
      return;
    }
    checkName(fields, name.get(), test.isPresent() || template.isPresent(), additional);
    Mentions mentions =
        test.map(Condition::mentions).or(() -> template.map(Value::mentions)).orElse(NOTHING);
    numbers.define(
        new ClientClass(
            numbers.of(name.get()),
            name.get(),
            test,
            template,
            Map.of(),
            additional,
            isAfterReservations(mentions),
            options,
            lifetimes,
            BootReader.read(fields)));
    warnOfLater(fields, name.get(), mentions, additional);
  }

  private boolean isAfterReservations(Mentions mentions) {
    return mentions.known()
        || mentions.classes().stream()
            .flatMap(name -> numbers.definition(name).stream())
            .anyMatch(ClientClass::afterReservations);
  }

  /** A class that is looked at only at the end has no members before. */
  private void warnOfLater(Fields fields, String name, Mentions mentions, boolean additional) {
    mentions.classes().stream()
        .filter(one -> !additional && !one.equals(name))
        .filter(one -> numbers.definition(one).filter(ClientClass::additional).isPresent())
        .forEach(
            one ->
                fields
                    .findings()
                    .warn(
                        fields.place(),
                        "the class \"%s\" asks for members of \"%s\", which has none yet when it is looked at"
                            .formatted(name, one)));
  }

  private static void checkName(Fields fields, String name, boolean hasTest, boolean additional) {
    if (ClassNumbers.OF_THE_SERVER.contains(name) && hasTest) {
      fields.error(
          fields.has("test") ? "test" : "template-test",
          "the server itself knows who is in the class \"" + name + "\"; accepted is none");
    }
    boolean early = name.equals(ClientClasses.DROP) || ClassNumbers.OF_THE_SERVER.contains(name);
    if (early && additional) {
      fields.error(
          fields.has(OLDER_FLAG) ? OLDER_FLAG : NEWER_FLAG,
          "the class \"" + name + "\" cannot be an additional one; accepted is false");
    }
  }

  private static boolean additional(Fields fields) {
    if (fields.has(OLDER_FLAG) && fields.has(NEWER_FLAG)) {
      fields.error(
          OLDER_FLAG,
          "\"%s\" is the older word for \"%s\"; accepted is one of them"
              .formatted(OLDER_FLAG, NEWER_FLAG));
    }
    return fields.flag(OLDER_FLAG).orElse(false) || fields.flag(NEWER_FLAG).orElse(false);
  }

  private <T> Optional<T> expression(Fields fields, String key, Parser<T> parser) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      if (fields.rawText(key).isPresent()) {
        fields.error(key, "\"" + key + "\" is \"\"; accepted is an expression");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          parser.parse(
              text.get(), new ExpressionContext(fields.dialect().family(), definitions, numbers)));
    } catch (ExpressionException e) {
      String later = numbers.takeLater();
      String why = later == null ? e.getMessage() : later(fields, later);
      fields.error(key, "\"" + key + "\", " + why);
      return Optional.empty();
    }
  }

  /** Tells what is likely a mistake in an expression. */
  static void remark(Fields fields, String key, List<String> remarks) {
    remarks.forEach(
        remark -> fields.findings().warn(fields.place(key), "\"" + key + "\", " + remark));
  }

  private String later(Fields fields, String name) {
    return fields.text("name").filter(name::equals).isPresent()
        ? "the class \"" + name + "\" depends on itself"
        : "the class \"%s\" is defined later, at %s; accepted are classes that are defined before"
            .formatted(name, numbers.placeOf(name));
  }

  /** RFC 3942: what a class understands by site-specific options, and by those of its vendor. */
  private OptionDefinitions definitionsOf(Fields fields) {
    List<Fields> own = fields.objects("option-def", ObjectKind.OPTION_DEF);
    return own.isEmpty() ? definitions : definitions.within(own);
  }

  private static ClassLifetimes lifetimes(Fields fields) {
    OptionalLong offer = fields.seconds("offer-lifetime");
    Optional<Range> valid = range(fields, "valid-lifetime");
    if (valid.isPresent() && valid.get().usual() == 0) {
      fields.error("valid-lifetime", "\"valid-lifetime\" is 0; accepted is 1 or more");
    }
    Optional<Range> preferred = range(fields, "preferred-lifetime");
    return new ClassLifetimes(valid, preferred, offer);
  }

  private static Optional<Range> range(Fields fields, String key) {
    OptionalLong usual = fields.seconds(key);
    OptionalLong least = fields.seconds("min-" + key);
    OptionalLong most = fields.seconds("max-" + key);
    if (usual.isEmpty() && least.isEmpty() && most.isEmpty()) {
      return Optional.empty();
    }
    if (usual.isEmpty() && least.isPresent() && most.isPresent()) {
      fields.error(
          "min-" + key, "\"min-" + key + "\" beside \"max-" + key + "\" needs \"" + key + "\"");
      return Optional.empty();
    }
    long middle = usual.orElse(most.orElse(least.orElse(0)));
    Range range = new Range(least.orElse(middle), middle, most.orElse(middle));
    if (range.least() > middle || middle > range.most()) {
      fields.error(
          range.least() > middle ? "min-" + key : "max-" + key,
          "lifetimes from \"min-%s\" %d over \"%s\" %d to \"max-%s\" %d; accepted is a row that does not fall"
              .formatted(key, range.least(), key, middle, key, range.most()));
      return Optional.empty();
    }
    return Optional.of(range);
  }
}
