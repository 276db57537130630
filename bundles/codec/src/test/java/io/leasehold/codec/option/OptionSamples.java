// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that formats admit, as text in the form that they are shown in. */
public final class OptionSamples {
  private OptionSamples() {}

  /** One text for each field; several for a repeated last one. */
  public static List<String> fields(OptionFormat format, Random random) {
    List<String> texts = new ArrayList<>();
    for (OptionField field : format.fields()) {
      texts.add(text(field, random));
    }
    if (format.repeatsLast()) {
      for (int more = random.nextInt(3); more > 0; more--) {
        texts.add(text(format.fields().get(format.fieldCount() - 1), random));
      }
    }
    return texts;
  }

  /** The fields as they are shown. */
  static String shown(OptionFormat format, List<String> fields) {
    boolean hasCommas = format.fieldCount() == 1 && lastField(format).type().hasCommas();
    return hasCommas
        ? String.join(" | ", fields)
        : String.join(", ", fields.stream().map(field -> field.replace(",", "\\,")).toList());
  }

  /** How octets beyond the value can be told from it. */
  public static boolean ends(OptionFormat format) {
    OptionField last = format.fields().isEmpty() ? null : lastField(format);
    boolean anyOctetsFollow =
        last != null
            && (last.type().takesAllOctets()
                || format.repeatsLast() && last.type() == FieldType.UINT8);
    return !anyOctetsFollow;
  }

  /** The longest value of a format that has a limit, or -1. */
  public static long limit(OptionFormat format) {
    boolean limited = format.fieldCount() == 1 && lastField(format).type() == FieldType.BINARY;
    long max = limited ? lastField(format).max() : Long.MAX_VALUE;
    return max == Long.MAX_VALUE ? -1 : max;
  }

  private static OptionField lastField(OptionFormat format) {
    return format.fields().get(format.fieldCount() - 1);
  }

  private static String text(OptionField field, Random random) {
    return switch (field.type()) {
      case BINARY -> hex(field, random);
      case STRING, TUPLE, SHORT_TUPLE -> word(random, "abcXYZ012 ,.é€/:");
      case BOOLEAN -> String.valueOf(random.nextBoolean());
      case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> number(field, random);
      case IPV4_ADDRESS -> address4(random).toString();
      case IPV6_ADDRESS -> address(random).toString();
      case IPV6_PREFIX, IPV6_WHOLE_PREFIX -> address(random).prefix(random.nextInt(129)).toString();
      case PSID -> {
        int length = random.nextInt(17);
        yield random.nextInt(1 << length) + "/" + length;
      }
      case FQDN, COMPRESSED_FQDN -> word(random, "abc-X9") + "." + word(random, "abc") + ".";
      case SIZED_IPV4_ADDRESSES -> address4(random) + " " + address4(random);
      case IPV4_ROUTE -> route(random);
      case IPV4_RESOLVER ->
          random.nextInt(65536)
              + ", "
              + word(random, "abc")
              + ".example., 192.0.2.1 192.0.2.2"
              + (random.nextBoolean() ? ", alpn=dot\\,doq port=853" : "");
      case SIZED_FQDN -> word(random, "abc-X9") + ".example.";
      case SIZED_ADDRESSES -> address(random) + " " + address(random);
      case SERVICE_PARAMETERS -> "alpn=dot,doq port=" + random.nextInt(65536) + " dohpath=/q";
      case PARTIAL_FQDN -> word(random, "abc-X9") + (random.nextBoolean() ? ".example." : "");
    };
  }

  private static String number(OptionField field, Random random) {
    long span = field.max() - field.min() + 1;
    return String.valueOf(field.min() + Math.floorMod(random.nextLong(), span));
  }

  private static Ipv4 address4(Random random) {
    return new Ipv4(random.nextInt());
  }

  private static String route(Random random) {
    return Prefix.mapped(address4(random), random.nextInt(33)) + " - " + address4(random);
  }

  private static Ipv6 address(Random random) {
    return new Ipv6(random.nextLong(), random.nextBoolean() ? 0 : random.nextLong());
  }

  private static String hex(OptionField field, Random random) {
    int max = (int) Math.min(field.max(), 40);
    int octets = Math.max((int) field.min(), 1);
    octets += max > octets ? random.nextInt(max - octets) : 0;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < octets; i++) {
      out.append(Integer.toHexString(0x100 | random.nextInt(256)).substring(1));
    }
    return out.toString();
  }

  private static String word(Random random, String letters) {
    StringBuilder out = new StringBuilder("w");
    for (int i = random.nextInt(20); i > 0; i--) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.append("w").toString();
  }
}
