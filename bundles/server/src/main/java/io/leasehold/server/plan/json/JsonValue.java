// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.List;
import java.util.Map;

/** A value of a document, with its place. */
sealed interface JsonValue {
  /** Where it starts. */
  Place place();

  /** What it is, in a sentence. */
  String kind();

  /** As the document has it, shortened for a message. */
  String shown();

  /** Key and value of an object. */
  record Member(String key, Place keyPlace, JsonValue value) {}

  /** An object; its members are in the order of the document. */
  record JsonObject(Place place, Map<String, Member> members) implements JsonValue {
    @Override
    public String kind() {
      return "an object";
    }

    @Override
    public String shown() {
      return "{…}";
    }
  }

  /** A list. */
  record JsonList(Place place, List<JsonValue> values) implements JsonValue {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public String shown() {
      return "[…]";
    }
  }

  /** A text in quotation marks. */
  record JsonText(Place place, String text) implements JsonValue {
    @Override
    public String kind() {
      return "a text";
    }

    @Override
    public String shown() {
      return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }
  }

  /** A number as written. */
  record JsonNumber(Place place, String digits) implements JsonValue {
    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public String shown() {
      return digits;
    }

    /** Whether it has neither fraction nor exponent. */
    boolean isWhole() {
      return digits.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
    }
  }

  /** {@code true} or {@code false}. */
  record JsonFlag(Place place, boolean value) implements JsonValue {
    @Override
    public String kind() {
      return "true or false";
    }

    @Override
    public String shown() {
      return Boolean.toString(value);
    }
  }

  /** {@code null}. */
  record JsonNull(Place place) implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }

    @Override
    public String shown() {
      return "null";
    }
  }
}
