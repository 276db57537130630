// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A domain name as DHCP carries it: length-prefixed labels without compression (RFC 8415 section
 * 10), ended by a zero octet unless the name is partial (RFC 4704 section 4.2). Equality is that of
 * the octets; use {@link #toLowerCase()} to compare as the DNS does.
 *
 * @param wire the labels with their length octets, and the final zero octet if complete
 */
public record DomainName(Bytes wire) {
  /** Length octets, labels and the final zero together (RFC 1035 section 2.3.4). */
  public static final int MAX_LENGTH = 255;

  /** One label without its length octet (RFC 1035 section 2.3.4). */
  public static final int MAX_LABEL_LENGTH = 63;

  /** Refuses anything that is not a sequence of labels, ended once or not at all. */
  public DomainName {
    int at = 0;
    while (at < wire.length()) {
      int label = wire.at(at);
      boolean end = label == 0 && at + 1 == wire.length();
      if (!end && (label == 0 || label > MAX_LABEL_LENGTH || at + 1 + label > wire.length())) {
        throw new IllegalArgumentException("not a domain name: " + wire.toHex());
      }
      at += 1 + label;
    }
    if (wire.isEmpty() || wire.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a domain name has 1 to 255 octets, not " + wire.length());
    }
  }

  /**
   * Reads a complete name, with or without the final dot; {@code .} is the root. A backslash takes
   * the meaning from the following character, or gives an octet as three decimal digits.
   *
   * @throws IllegalArgumentException if a label is empty or a limit is exceeded
   */
  public static DomainName ofText(String text) {
    return new DomainName(labels(text, false));
  }

  /**
   * Reads a name that is partial unless it ends with a dot.
   *
   * @throws IllegalArgumentException if a label is empty or a limit is exceeded
   */
  public static DomainName ofPartialText(String text) {
    return new DomainName(labels(text, true));
  }

  private static Bytes labels(String text, boolean mayBePartial) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a domain name is not empty");
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length + 2];
    int labelAt = 0;
    int to = 1;
    for (int i = 0; i < in.length && !text.equals("."); i++) {
      if (in[i] == '.') {
        finishLabel(text, out, labelAt, to);
        labelAt = to++;
      } else if (in[i] == '\\') {
        i += 1;
        int octet = escapedOctet(text, in, i);
        i += octet >= 0 ? 2 : 0;
        out[to++] = octet >= 0 ? (byte) octet : in[i];
      } else {
        out[to++] = in[i];
      }
    }
    boolean endsWithDot = to - labelAt == 1;
    if (!endsWithDot) {
      finishLabel(text, out, labelAt, to);
      labelAt = to;
    }
    return Bytes.copyOf(out, 0, mayBePartial && !endsWithDot ? labelAt : labelAt + 1);
  }

  private static void finishLabel(String text, byte[] out, int labelAt, int to) {
    int length = to - labelAt - 1;
    if (length == 0 || length > MAX_LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "a label of '" + text + "' has " + length + " octets, not 1 to " + MAX_LABEL_LENGTH);
    }
    out[labelAt] = (byte) length;
  }

  /** The octet written as three digits from the index, or -1 if there is another character. */
  private static int escapedOctet(String text, byte[] in, int at) {
    if (at >= in.length) {
      throw new IllegalArgumentException("'" + text + "' ends within an escape");
    }
    if (in[at] < '0' || in[at] > '9') {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 3; i++) {
      int digit = i < in.length ? in[i] - '0' : -1;
      value = digit < 0 || digit > 9 ? 256 : value * 10 + digit;
    }
    if (value > 255) {
      throw new IllegalArgumentException("'" + text + "' has an escape that is not \\000 to \\255");
    }
    return value;
  }

  /** Whether the final zero octet is missing: the name is completed by who receives it. */
  public boolean isPartial() {
    int at = 0;
    while (at < wire.length() && wire.at(at) != 0) {
      at += 1 + wire.at(at);
    }
    return at == wire.length();
  }

  /** Whether this is the root, a name without labels. */
  public boolean isRoot() {
    return wire.length() == 1;
  }

  /** The same name with ASCII letters in lower case. */
  public DomainName toLowerCase() {
    byte[] octets = wire.toArray();
    for (int i = 0; i < octets.length; i++) {
      // A length octet is at most 63, below the letters.
      octets[i] = octets[i] >= 'A' && octets[i] <= 'Z' ? (byte) (octets[i] + 32) : octets[i];
    }
    return new DomainName(Bytes.wrap(octets));
  }

  /** Labels with dots between and, if complete, after them; special octets are escaped. */
  @Override
  public String toString() {
    if (isRoot()) {
      return ".";
    }
    StringBuilder out = new StringBuilder(wire.length());
    int at = 0;
    while (at < wire.length() && wire.at(at) != 0) {
      int end = at + 1 + wire.at(at);
      if (at > 0) {
        out.append('.');
      }
      for (int i = at + 1; i < end; i++) {
        appendOctet(out, wire.at(i));
      }
      at = end;
    }
    return at == wire.length() ? out.toString() : out.append('.').toString();
  }

  private static void appendOctet(StringBuilder out, int octet) {
    if (octet == '.' || octet == '\\') {
      out.append('\\').append((char) octet);
    } else if (octet > ' ' && octet < 127) {
      out.append((char) octet);
    } else {
      out.append(String.format(Locale.ROOT, "\\%03d", octet));
    }
  }
}
