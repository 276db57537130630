// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.server.plan.json.JsonValue.JsonFlag;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonNumber;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names the content of a plan: the same whatever its blanks, comments, files and the order of keys.
 */
final class PlanDigest {
  private static final int OCTETS = 16;

  private static final int CHUNK = 8_192;

  private static final Comparator<Member> BY_KEY = Comparator.comparing(Member::key);

  private final MessageDigest digest;
  private final StringBuilder pending = new StringBuilder(2 * CHUNK);

  private PlanDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Thirty-two hexadecimal digits. */
  static String of(Map<Dialect, JsonObject> objects, Collection<OptionDefinition> extra) {
    PlanDigest all = new PlanDigest();
    objects.forEach(
        (dialect, object) -> {
          all.add(dialect.object());
          all.add(object);
        });
    extra.stream()
        .map(d -> d + " " + d.format() + " " + d.encapsulates())
        .sorted()
        .forEach(all::add);
    all.flush();
    return HexFormat.of().formatHex(all.digest.digest(), 0, OCTETS);
  }

  private void add(JsonValue value) {
    if (value instanceof JsonObject object) {
      add('{');
      Member[] members = object.members().values().toArray(new Member[0]);
      Arrays.sort(members, BY_KEY);
      for (Member member : members) {
        if (!ObjectKind.isRemark(member.key())) {
          add(member.key());
          add(member.value());
        }
      }
      add('}');
    } else if (value instanceof JsonList list) {
      add('[');
      list.values().forEach(this::add);
      add(']');
    } else if (value instanceof JsonText text) {
      add('"');
      add(text.text());
    } else if (value instanceof JsonNumber number) {
      add(number.digits());
    } else if (value instanceof JsonFlag flag) {
      add(flag.value() ? 't' : 'f');
    } else {
      add('n');
    }
  }

  private void add(char mark) {
    pending.append(mark);
  }

  private void add(String text) {
    pending.append(text).append('\0');
    if (pending.length() > CHUNK) {
      flush();
    }
  }

  private void flush() {
    digest.update(pending.toString().getBytes(StandardCharsets.UTF_8));
    pending.setLength(0);
  }
}
