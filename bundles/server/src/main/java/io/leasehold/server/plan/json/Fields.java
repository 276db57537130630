// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonFlag;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonNumber;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An object of the plan, read key by key. What is of the wrong type is reported and counts as
 * absent, so that reading goes on. Read each key once.
 */
final class Fields {
  private final JsonObject object;
  private final ObjectKind kind;
  private final KeySet keys;
  private final Dialect dialect;
  private final Findings findings;

  /** Looks at all keys and reports those that are not honoured. */
  Fields(JsonObject object, ObjectKind kind, Dialect dialect, Findings findings) {
    this.object = object;
    this.kind = kind;
    this.keys = kind.keys(dialect);
    this.dialect = dialect;
    this.findings = findings;
    for (Member member : object.members().values()) {
      if (!keys.honours(member.key()) && !ObjectKind.isRemark(member.key())) {
        notHonoured(member);
      }
    }
  }

  private void notHonoured(Member member) {
    String key = member.key();
    String replacement = keys.replacement(key);
    if (replacement != null) {
      findings.warn(
          "key " + key, member.keyPlace(), "\"" + key + "\" has no effect here: " + replacement);
    } else {
      String home = ObjectKind.homeOf(key, dialect);
      String near = NearestWord.hint(key, keys.all());
      boolean misspelt = home.isEmpty() || NearestWord.isSlip(key, keys.all());
      String hint = misspelt && !near.isEmpty() ? near : home;
      findings.error(member.keyPlace(), "\"" + key + "\" is not a key of " + title() + hint);
    }
  }

  Findings findings() {
    return findings;
  }

  /** Of which object of the plan this is a part. */
  Dialect dialect() {
    return dialect;
  }

  /** What people call such an object. */
  String title() {
    return kind.title(dialect);
  }

  /** Where the object is. */
  Place place() {
    return object.place();
  }

  /** Where the value of a key is, or else the object. */
  Place place(String key) {
    Member member = object.members().get(key);
    return member == null ? object.place() : member.value().place();
  }

  /** What kind of object it is. */
  ObjectKind kind() {
    return kind;
  }

  /** Whether a key does something in this kind of object. */
  boolean honours(String key) {
    return keys.honours(key);
  }

  boolean has(String key) {
    return object.members().containsKey(key);
  }

  /** What is not honoured here is reported already, and otherwise not there. */
  private JsonValue value(String key) {
    Member member = object.members().get(key);
    return member == null || !keys.honours(key) ? null : member.value();
  }

  void error(String key, String text) {
    findings.error(place(key), text);
  }

  private void wrong(String key, String accepted) {
    findings.error(
        place(key), "\"" + key + "\" is " + value(key).shown() + "; accepted is " + accepted);
  }

  /** A text; absent if empty, as in Kea. */
  Optional<String> text(String key) {
    JsonValue value = value(key);
    if (value instanceof JsonText text) {
      return text.text().isBlank() ? Optional.empty() : Optional.of(text.text().strip());
    }
    if (value != null) {
      wrong(key, "a text in quotation marks");
    }
    return Optional.empty();
  }

  /** A text with its blanks, which may be empty. */
  Optional<String> rawText(String key) {
    return value(key) instanceof JsonText text ? Optional.of(text.text()) : text(key);
  }

  /** A text that has to be there. */
  Optional<String> requiredText(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty() && !(has(key) && !(value(key) instanceof JsonText))) {
      findings.error(place(key), title() + " needs \"" + key + "\"");
    }
    return text;
  }

  OptionalLong whole(String key, long least, long most) {
    JsonValue value = value(key);
    if (value instanceof JsonNumber number && number.isWhole() && number.digits().length() < 19) {
      long parsed = Long.parseLong(number.digits());
      if (least <= parsed && parsed <= most) {
        return OptionalLong.of(parsed);
      }
    }
    if (value != null) {
      wrong(key, "a whole number from " + least + " to " + most);
    }
    return OptionalLong.empty();
  }

  OptionalLong requiredWhole(String key, long least, long most) {
    if (!has(key)) {
      findings.error(place(), title() + " needs \"" + key + "\"");
    }
    return whole(key, least, most);
  }

  OptionalLong seconds(String key) {
    JsonValue value = value(key);
    OptionalLong seconds = OptionalLong.empty();
    if (value instanceof JsonText text) {
      seconds = Seconds.of(text.text().trim());
    } else if (value instanceof JsonNumber number
        && number.isWhole()
        && number.digits().length() < 19) {
      long parsed = Long.parseLong(number.digits());
      seconds = parsed < 0 || parsed > Seconds.INFINITY ? seconds : OptionalLong.of(parsed);
    }
    if (value != null && seconds.isEmpty()) {
      wrong(key, Seconds.ACCEPTED);
    }
    return seconds;
  }

  OptionalDouble fraction(String key) {
    return number(key, Math.nextDown(1.0), "a number greater than 0 and less than 1");
  }

  /** A part of something, or all of it. */
  OptionalDouble share(String key) {
    return number(key, 1, "a number greater than 0, up to 1");
  }

  private OptionalDouble number(String key, double most, String accepted) {
    JsonValue value = value(key);
    if (value instanceof JsonNumber number && number.digits().length() < 30) {
      double parsed = Double.parseDouble(number.digits());
      if (parsed > 0 && parsed <= most) {
        return OptionalDouble.of(parsed);
      }
    }
    if (value != null) {
      wrong(key, accepted);
    }
    return OptionalDouble.empty();
  }

  Optional<Boolean> flag(String key) {
    JsonValue value = value(key);
    if (value instanceof JsonFlag flag) {
      return Optional.of(flag.value());
    }
    if (value != null) {
      wrong(key, "true or false");
    }
    return Optional.empty();
  }

  /** One of some words. */
  Optional<String> word(String key, List<String> words) {
    Optional<String> word = text(key);
    if (word.isPresent() && !words.contains(word.get())) {
      String hint = NearestWord.hint(word.get(), words);
      wrong(key, String.join(", ", words) + hint);
      return Optional.empty();
    }
    return word;
  }

  private List<JsonValue> list(String key) {
    JsonValue value = value(key);
    if (value instanceof JsonList list) {
      return list.values();
    }
    if (value != null) {
      wrong(key, "a list in square brackets");
    }
    return List.of();
  }

  /** A list of texts. */
  List<JsonText> texts(String key) {
    List<JsonText> texts = new ArrayList<>();
    for (JsonValue value : list(key)) {
      if (value instanceof JsonText text) {
        texts.add(text);
      } else {
        findings.error(
            value.place(),
            value.shown() + " in \"" + key + "\"; accepted is a text in quotation marks");
      }
    }
    return texts;
  }

  /** A list of objects. */
  List<Fields> objects(String key, ObjectKind of) {
    List<Fields> objects = new ArrayList<>();
    for (JsonValue value : list(key)) {
      if (value instanceof JsonObject inner) {
        objects.add(new Fields(inner, of, dialect, findings));
      } else {
        findings.error(
            value.place(), value.shown() + " in \"" + key + "\"; accepted is an object in braces");
      }
    }
    return objects;
  }

  Optional<Fields> object(String key, ObjectKind of) {
    JsonValue value = value(key);
    if (value instanceof JsonObject inner) {
      return Optional.of(new Fields(inner, of, dialect, findings));
    }
    if (value != null) {
      wrong(key, "an object in braces");
    }
    return Optional.empty();
  }
}
