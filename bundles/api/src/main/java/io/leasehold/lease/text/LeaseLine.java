// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * The text form of a lease: one line of words, of which those after the first three are name and
 * value. Nothing of a lease is left out, details that this release does not know included.
 *
 * <pre>
 * lease 2001:db8::5 na state=active subnet=1 client=duid:000300010200 iaid=7 since=1767225600
 *     heard=1767225600 preferred=1767228600 expires=never 2=686f7374
 * note server-duid 0003000102005e
 * </pre>
 *
 * <p>Kinds are na, ta, pd and v4; a prefix has its length after a slash; {@code realm=N} stands
 * where it is not 0. Times are in seconds since 1970 or {@code never}. Details are the tag in
 * decimal and the value in hexadecimal digits. The name of a note is percent-encoded.
 */
public final class LeaseLine {
  /** First word of a lease. */
  static final String LEASE = "lease";

  /** First word of a note. */
  static final String NOTE = "note";

  private static final String NEVER = "never";
  private static final int ADDRESS_LENGTH = 128;

  private LeaseLine() {}

  /** Writes a lease, without an end of line. */
  public static void write(Lease lease, StringBuilder out) {
    LeaseKey key = lease.key();
    out.append(LEASE).append(' ').append(key.address());
    if (key.prefixLength() != ADDRESS_LENGTH) {
      out.append('/').append(key.prefixLength());
    }
    out.append(' ').append(key.kind().word());
    out.append(" state=").append(lease.state().word());
    out.append(" subnet=").append(lease.subnetId());
    ClientIdentity client = lease.client();
    out.append(" client=").append(word(client.type())).append(':').append(client.value().toHex());
    out.append(" iaid=").append(lease.iaid());
    LeaseTimes times = lease.times();
    out.append(" since=").append(times.stateSince());
    out.append(" heard=").append(times.lastTransaction());
    time(out.append(" preferred="), times.preferredUntil());
    time(out.append(" expires="), times.expires());
    if (key.realm() != 0) {
      out.append(" realm=").append(key.realm());
    }
    for (LeaseDetails.Item item : lease.details().items()) {
      out.append(' ').append(item.tag()).append('=').append(item.value().toHex());
    }
  }

  /** Writes a note, without an end of line. */
  public static void write(NoteChange note, StringBuilder out) {
    out.append(NOTE).append(' ').append(URLEncoder.encode(note.name(), StandardCharsets.UTF_8));
    out.append(' ').append(note.value().toHex());
  }

  /**
   * Reads a lease.
   *
   * @throws IllegalArgumentException if the line is not one; the message says what is wrong with
   *     which value
   */
  public static Lease lease(String line) {
    Fields fields = new Fields(line.split(" ", -1));
    for (int i = 3; i < fields.words.length; i++) {
      if (!fields.words[i].isEmpty()) {
        fields.take(fields.words[i]);
      }
    }
    return fields.lease();
  }

  /**
   * Reads a note.
   *
   * @throws IllegalArgumentException if the line is not one
   */
  public static NoteChange note(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("a note has a name and a value");
    }
    String name = URLDecoder.decode(words[1], StandardCharsets.UTF_8);
    return new NoteChange(name, Bytes.ofHex(words[2]));
  }

  private static void time(StringBuilder out, long time) {
    if (time == LeaseTimes.NEVER) {
      out.append(NEVER);
    } else {
      out.append(time);
    }
  }

  private static String word(ClientIdentity.Type type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fields of one line as they come. */
  private static final class Fields {
    private final String[] words;
    private LeaseState state;
    private ClientIdentity client;
    private Long subnet;
    private long iaid;
    private int realm;
    private Long since;
    private Long heard;
    private Long preferred;
    private Long expires;
    private LeaseDetails details = LeaseDetails.NONE;

    Fields(String[] words) {
      if (words.length < 3) {
        throw new IllegalArgumentException("a lease has an address, a kind and fields");
      }
      this.words = words;
    }

    void take(String word) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("'" + word + "' is no field; NAME=VALUE is wanted");
      }
      String value = word.substring(equals + 1);
      switch (word.substring(0, equals)) {
        case "state" -> state = find(LeaseState.values(), LeaseState::word, value, "state");
        case "subnet" -> subnet = number(word, value);
        case "client" -> client = client(word, value);
        case "iaid" -> iaid = number(word, value);
        case "since" -> since = time(word, value);
        case "heard" -> heard = time(word, value);
        case "preferred" -> preferred = time(word, value);
        case "expires" -> expires = time(word, value);
        case "realm" -> realm = (int) Math.min(number(word, value), Integer.MAX_VALUE);
        default -> detail(word, equals);
      }
    }

    private void detail(String word, int equals) {
      String tag = word.substring(0, equals);
      if (!tag.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new IllegalArgumentException("'" + tag + "' is no field of a lease");
      }
      Bytes value = Bytes.ofHex(word.substring(equals + 1));
      details = details.with((int) Math.min(number(word, tag), Integer.MAX_VALUE), value);
    }

    Lease lease() {
      need("state", state);
      need("subnet", subnet);
      need("client", client);
      need("since", since);
      need("expires", expires);
      LeaseTimes times =
          new LeaseTimes(
              since,
              heard == null ? since : heard,
              preferred == null ? expires : preferred,
              expires);
      return new Lease(key(), subnet, client, iaid, state, times, details);
    }

    private LeaseKey key() {
      int slash = words[1].indexOf('/');
      String address = slash < 0 ? words[1] : words[1].substring(0, slash);
      int length =
          slash < 0
              ? ADDRESS_LENGTH
              : (int) Math.min(number(words[1], words[1].substring(slash + 1)), 999);
      LeaseKind kind = find(LeaseKind.values(), LeaseKind::word, words[2], "kind");
      return new LeaseKey(realm, kind, Ipv6.ofText(address), length);
    }

    private static void need(String name, Object value) {
      if (value == null) {
        throw new IllegalArgumentException("the field '" + name + "' is missing");
      }
    }

    private static ClientIdentity client(String word, String value) {
      int colon = value.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("'" + word + "': TYPE:OCTETS is wanted");
      }
      ClientIdentity.Type type =
          find(
              ClientIdentity.Type.values(),
              LeaseLine::word,
              value.substring(0, colon),
              "type of client");
      return new ClientIdentity(type, Bytes.ofHex(value.substring(colon + 1)));
    }

    private static long time(String word, String value) {
      return value.equals(NEVER) ? LeaseTimes.NEVER : number(word, value);
    }

    private static long number(String word, String value) {
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + word + "': '" + value + "' is no number", e);
      }
    }

    private static <E> E find(E[] all, Function<E, String> wordOf, String word, String what) {
      for (E each : all) {
        if (wordOf.apply(each).equals(word)) {
          return each;
        }
      }
      throw new IllegalArgumentException(
          "'" + word + "' is no " + what + "; known are " + words(all, wordOf));
    }

    private static <E> String words(E[] all, Function<E, String> wordOf) {
      return String.join(", ", Arrays.stream(all).map(wordOf).toList());
    }
  }
}
