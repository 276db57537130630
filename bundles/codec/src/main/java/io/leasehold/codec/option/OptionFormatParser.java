// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.option.OptionFormat.Repeat;
import java.util.ArrayList;
import java.util.List;

/** Reads the formats language, see {@link OptionFormat}. */
final class OptionFormatParser {
  private static final String RECORD = "record(";

  private OptionFormatParser() {}

  static OptionFormat parse(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("empty")) {
      return new OptionFormat(List.of(), false, Repeat.NO);
    }
    boolean record = trimmed.startsWith(RECORD);
    if (record && !trimmed.endsWith(")")) {
      throw refused(text, "the record is not closed");
    }
    String list = record ? trimmed.substring(RECORD.length(), trimmed.length() - 1) : trimmed;
    Repeat repeat = Repeat.NO;
    for (Repeat candidate : List.of(Repeat.SOME, Repeat.ANY)) {
      if (list.endsWith(candidate.suffix())) {
        repeat = candidate;
        list = list.substring(0, list.length() - candidate.suffix().length());
      }
    }
    String[] words = record ? list.split(",", -1) : new String[] {list};
    List<OptionField> fields = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i].trim();
      boolean optional = word.endsWith("?");
      OptionField field = field(text, optional ? word.substring(0, word.length() - 1) : word);
      field = optional ? field.orNothing() : field;
      boolean afterOptional = i > 0 && fields.get(i - 1).optional();
      if (optional && repeat != Repeat.NO || !optional && afterOptional) {
        throw refused(text, "what may be absent comes last and is no array");
      }
      boolean last = i == words.length - 1;
      if (field.type().takesAllOctets() && (!last || repeat != Repeat.NO)) {
        throw refused(text, field.type().word() + " has no end and can only come last, once");
      }
      fields.add(field);
    }
    return new OptionFormat(fields, record, repeat);
  }

  private static OptionField field(String text, String word) {
    int limits = word.indexOf('(');
    String name = limits < 0 ? word : word.substring(0, limits);
    for (FieldType type : FieldType.values()) {
      if (type.word().equals(name)) {
        return limits < 0 ? OptionField.of(type) : limited(text, type, word.substring(limits));
      }
    }
    throw refused(text, "'" + word + "' is not a type");
  }

  private static OptionField limited(String text, FieldType type, String limits) {
    int dots = limits.indexOf("..");
    if (dots < 0 || !limits.endsWith(")") || !type.canBeLimited()) {
      throw refused(text, "'" + type.word() + limits + "' is not a limit (uint8(0..128))");
    }
    String upper = limits.substring(dots + 2, limits.length() - 1);
    try {
      long min = Long.parseLong(limits.substring(1, dots));
      long max = upper.isEmpty() ? type.codec().max() : Long.parseLong(upper);
      boolean widens = type.isNumber() && (min < type.codec().min() || max > type.codec().max());
      if (min > max || widens) {
        throw refused(text, "'" + limits + "' is no range of " + type.word());
      }
      return new OptionField(type, min, max, false);
    } catch (NumberFormatException e) {
      throw refused(text, "'" + limits + "' is not a limit");
    }
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("option format '" + text + "': " + why);
  }
}
