// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static java.util.stream.Collectors.joining;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The fields of an option value, written in a small language:
 *
 * <pre>
 * format = "empty" | array | "record(" field {", " field} {", " field "?"} [", " array] ")"
 * array  = field | field "[]" | field "[0..]"
 * field  = "binary" | "string" | "boolean" | "int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32"
 *        | "ipv4-address" | "ipv6-address" | "ipv6-prefix" | "ipv6-whole-prefix" | "psid" | "tuple"
 *        | "fqdn" | "partial-fqdn" | "sized-fqdn" | "sized-ipv6-addresses" | "service-parameters"
 *        | "short-tuple" | "compressed-fqdn" | "sized-ipv4-addresses" | "ipv4-route" | "ipv4-resolver"
 * </pre>
 *
 * <p>An {@code ipv6-prefix} has as many octets as its length needs, an {@code ipv6-whole-prefix}
 * always sixteen.
 *
 * <p>Numbers, {@code binary} and {@code string} can be limited: {@code uint8(0..128)} is a range of
 * values, {@code binary(1..130)} one of lengths. Unless limited otherwise, {@code binary} and
 * {@code string} have at least one octet; they, {@code partial-fqdn} and {@code service-parameters}
 * can only come last. A field with {@code ?} may be absent, with all that follow it. An array has
 * at least one element.
 *
 * <p>Immutable, for any thread.
 */
public final class OptionFormat {
  private static final int LONGEST_SHOWN = 60;

  private final String text;
  private final List<OptionField> fields;
  private final Repeat repeat;

  /** How many fields are always there. */
  private final int needed;

  /** Whether the last field is an array. */
  enum Repeat {
    NO(""),
    SOME("[]"),
    ANY("[0..]");

    private final String suffix;

    Repeat(String suffix) {
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }
  }

  OptionFormat(List<OptionField> fields, boolean record, Repeat repeat) {
    this.fields = List.copyOf(fields);
    this.repeat = repeat;
    long optional = fields.stream().filter(OptionField::optional).count();
    this.needed = fields.size() - (repeat == Repeat.ANY ? 1 : (int) optional);
    StringJoiner words = new StringJoiner(", ", record ? "record(" : "", record ? ")" : "");
    for (int i = 0; i < fields.size(); i++) {
      words.add(fields.get(i) + (i == fields.size() - 1 ? repeat.suffix() : ""));
    }
    this.text = fields.isEmpty() ? "empty" : words.toString();
  }

  /**
   * Reads the language above.
   *
   * @throws IllegalArgumentException if the text is not of it, saying where
   */
  public static OptionFormat parse(String text) {
    return OptionFormatParser.parse(text);
  }

  /** How many fields there are; the repeated last one counts once. */
  public int fieldCount() {
    return fields.size();
  }

  List<OptionField> fields() {
    return fields;
  }

  /** Whether the last field may occur more than once. */
  public boolean repeatsLast() {
    return repeat != Repeat.NO;
  }

  /**
   * A value of the fields written as text, one string each; a repeated last field takes all that
   * remain.
   *
   * @throws IllegalArgumentException naming the field, the value and the accepted form
   */
  public Bytes encodeText(List<String> values) {
    if (values.size() < needed || values.size() > fields.size() && !repeatsLast()) {
      throw new IllegalArgumentException(wrongNumber(values));
    }
    ByteWriter out = new ByteWriter(16 * values.size());
    for (int i = 0; i < values.size(); i++) {
      fields.get(Math.min(i, fields.size() - 1)).encode(i + 1, values.get(i), out);
    }
    if (out.length() > Option.MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException(
          out.length() + " octets are too many for an option (" + Option.MAX_VALUE_LENGTH + ")");
    }
    return fields.size() == 1 ? fields.get(0).type().codec().finish(out.toBytes()) : out.toBytes();
  }

  private String wrongNumber(List<String> values) {
    boolean atLeast = repeatsLast() || needed < fields.size();
    String wrong =
        "%s takes %s%d field%s, not %d"
            .formatted(
                text, atLeast ? "at least " : "", needed, needed == 1 ? "" : "s", values.size());
    if (values.size() < needed || fields.isEmpty()) {
      return wrong;
    }
    boolean mayHaveCommas = fields.stream().anyMatch(field -> field.type().isText());
    String first = values.get(fields.size());
    return "%s: '%s' is too much%s"
        .formatted(
            wrong,
            first.substring(0, Math.min(LONGEST_SHOWN, first.length())),
            mayHaveCommas ? " (write \\, for a comma within a field)" : "");
  }

  /**
   * A value written as comma-separated fields, see {@link OptionText#fields}. Fields with commas of
   * their own, {@code ipv4-resolver}, are separated by bars.
   *
   * @throws IllegalArgumentException naming the field, the value and the accepted form
   */
  public Bytes encodeText(String data) {
    return encodeText(hasCommas() ? OptionText.barred(data) : OptionText.fields(data));
  }

  private boolean hasCommas() {
    return fields.size() == 1 && fields.get(0).type().hasCommas();
  }

  /**
   * The fields of a received value: each a {@code Long}, a {@code Boolean} or a {@code String}.
   *
   * @throws MalformedPacketException if the value is too short, too long or holds what the format
   *     does not admit
   */
  public List<Object> decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    List<Object> values = decodeFields(in);
    in.expectEnd();
    return values;
  }

  /**
   * The fields at the front of a value that has options after them. A repeated last field takes
   * everything.
   *
   * @throws MalformedPacketException if they are not there or hold what the format does not admit
   */
  public List<Object> decodeFields(ByteReader in) {
    if (!in.hasRemaining() && !mayBeEmpty()) {
      throw in.malformed(MalformedReason.EMPTY_VALUE);
    }
    List<Object> values = new ArrayList<>(fields.size());
    for (int i = 0; i < needed; i++) {
      values.add(fields.get(i).decode(in));
    }
    for (int i = needed; i < fields.size() && fields.get(i).optional() && in.hasRemaining(); i++) {
      values.add(fields.get(i).decode(in));
    }
    while (repeatsLast() && in.hasRemaining()) {
      values.add(fields.get(fields.size() - 1).decode(in));
    }
    return values;
  }

  private boolean mayBeEmpty() {
    boolean isEmptyArray = fields.size() == 1 && repeat == Repeat.ANY;
    return fields.isEmpty()
        || isEmptyArray
        || fields.get(0).type().takesAllOctets() && fields.get(0).min() == 0;
  }

  /**
   * Refuses a value that is not of this format.
   *
   * @throws MalformedPacketException as {@link #decode}
   */
  public void check(Bytes value) {
    decode(value);
  }

  /**
   * The fields of a received value as one line that {@link #encodeText(String)} accepts. Characters
   * that could steer a terminal are replaced.
   *
   * @throws MalformedPacketException as {@link #decode}
   */
  public String describe(Bytes value) {
    List<Object> values = decode(value);
    return hasCommas()
        ? OptionText.safe(values.stream().map(Object::toString).collect(joining(" | ")))
        : join(values);
  }

  static String join(List<Object> values) {
    StringJoiner line = new StringJoiner(", ");
    for (Object value : values) {
      line.add(OptionText.safe(value.toString().replace(",", "\\,")));
    }
    return line.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionFormat that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The format in its language. */
  @Override
  public String toString() {
    return text;
  }
}
