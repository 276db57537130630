// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.lease.text.DhcpdScanner.Token;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the leases of ISC dhcpd, of both families. A later block of a lease replaces an earlier
 * one, as there. What nobody holds is removed: dhcpd remembers the last client of a free address
 * for ever. Used by one thread.
 */
final class DhcpdLeases {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*(lease [0-9.]+ \\{|ia-(na|ta|pd) |server-duid |authoring-byte-order |failover peer |"
              + "# The format of this file is documented in the dhcpd).*");

  /** Hardware types of RFC 2131's registry by dhcpd's words. */
  private static final Map<String, Integer> HARDWARE =
      Map.of("ethernet", 1, "token-ring", 6, "fddi", 8, "infiniband", 32);

  /** What a lease of ours has too, or what says nothing of one that is in use. */
  private static final Set<String> TAKEN =
      Set.of(
          ("starts ends cltt binding next rewind hardware uid client-hostname abandoned max-life"
                  + " preferred-life iaaddr iaprefix")
              .split(" "));

  /** What takes what is read. */
  interface Into {
    void put(LeaseChange change) throws IOException;

    void refuse(int line, String shown, IllegalArgumentException why);

    /** A lease that was put has lost something. */
    void changed(int line, String what);

    /** A statement is about something that has no place here. */
    void left(int line, String what);
  }

  private final DhcpdParser in;
  private final Into into;
  private boolean bigEndian;
  private long free;

  private DhcpdLeases(DhcpdParser in, Into into) {
    this.in = in;
    this.into = into;
  }

  /** A text, then another. */
  private static final class SequenceText extends Reader {
    private final Reader first;
    private final Reader rest;

    SequenceText(String first, Reader rest) {
      this.first = new StringReader(first);
      this.rest = rest;
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
      int count = first.read(to, offset, length);
      return count > 0 ? count : rest.read(to, offset, length);
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }

  /** Whether a file that begins with this line is one. */
  static boolean isBeginning(String line) {
    return BEGINNING.matcher(line).matches();
  }

  /**
   * Reads a file whose first line is read already; what is not taken over is returned as remarks.
   */
  static List<String> read(String first, BufferedReader rest, Into into) throws IOException {
    Reader both = new SequenceText(first + "\n", rest);
    DhcpdLeases all = new DhcpdLeases(new DhcpdParser(new DhcpdScanner(both, 1)), into);
    all.readAll();
    return all.remarks();
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (free > 0) {
      remarks.add(free + " free leases are not taken over: nobody holds them");
    }
    return remarks;
  }

  private void readAll() throws IOException {
    for (Optional<DhcpdStatement> next = in.next(); next.isPresent(); next = in.next()) {
      try {
        take(next.get());
      } catch (IllegalArgumentException e) {
        into.refuse(next.get().line(), next.get().shown(), e);
      }
    }
  }

  private void take(DhcpdStatement statement) throws IOException {
    switch (statement.word(0)) {
      case "lease" -> {
        into.put(lease(statement));
        tellLost(statement);
      }
      case "ia-na", "ia-ta", "ia-pd" -> takeAssociation(statement);
      case "authoring-byte-order" -> bigEndian = statement.word(1).equals("big-endian");
      default -> into.left(statement.line(), "no lease: " + statement.shown());
    }
  }

  /** Tells what a block says beyond what a lease has here. */
  private void tellLost(DhcpdStatement block) {
    String lost =
        block.inner().stream()
            .filter(inner -> !TAKEN.contains(inner.word(0)))
            .map(
                inner ->
                    inner.words().size() > 1 ? inner.word(0) + " " + inner.word(1) : inner.word(0))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      String what = block.word(0).startsWith("ia-") ? block.word(0) : block.shown();
      into.changed(block.line(), what + ": not taken over: " + lost);
    }
  }

  private LeaseChange lease(DhcpdStatement block) {
    LeaseKey key = new LeaseKey(0, LeaseKind.IPV4, ipv4(block.word(1)), 128);
    LeaseState state = state(block);
    if (state == LeaseState.FREE) {
      free++;
      return LeaseChange.remove(key);
    }
    long starts = time(block.value("starts"), 0);
    long heard = time(block.value("cltt"), starts);
    long ends = time(block.value("ends"), starts);
    Bytes hardware = Bytes.EMPTY;
    LeaseDetails details = LeaseDetails.NONE;
    if (!block.value("hardware").isEmpty()) {
      hardware = hardware(block.value("hardware"));
      details = details.with(LeaseDetails.HARDWARE_ADDRESS, hardware);
    }
    String name = block.value("client-hostname");
    if (!name.isEmpty() && state != LeaseState.ABANDONED) {
      details = details.with(LeaseDetails.HOSTNAME, Bytes.ofUtf8(name));
    }
    ClientIdentity client = client(block, hardware);
    if (state == LeaseState.ABANDONED) {
      client = ClientIdentity.NONE;
      details = LeaseDetails.NONE;
    } else if (client.value().isEmpty()) {
      throw new IllegalArgumentException("it has neither uid nor hardware");
    }
    return LeaseChange.put(
        new Lease(key, 0, client, 0, state, times(state, heard, ends, ends), details));
  }

  private static Ipv6 ipv4(String text) {
    Ipv6 address = Ipv6.ofText(text);
    if (!address.isMapped()) {
      throw new IllegalArgumentException("'" + text + "' is no IPv4 address");
    }
    return address;
  }

  private static ClientIdentity client(DhcpdStatement block, Bytes hardware) {
    Bytes uid = octets(block, "uid");
    if (!uid.isEmpty()) {
      return new ClientIdentity(ClientIdentity.Type.CLIENT_ID, uid);
    }
    return hardware.isEmpty()
        ? ClientIdentity.NONE
        : new ClientIdentity(ClientIdentity.Type.HARDWARE, hardware.slice(1, hardware.length()));
  }

  /**
   * The times of a state; the client of a lease that is over is remembered as long as it had it.
   */
  private static LeaseTimes times(LeaseState state, long heard, long preferred, long ends) {
    return switch (state) {
      case ACTIVE -> new LeaseTimes(heard, heard, preferred, ends);
      case EXPIRED, RELEASED ->
          new LeaseTimes(
              ends == LeaseTimes.NEVER ? heard : ends,
              heard,
              heard,
              ends == LeaseTimes.NEVER ? heard : ends + Math.max(0, ends - heard));
      default -> new LeaseTimes(heard, heard, heard, ends);
    };
  }

  private static LeaseState state(DhcpdStatement block) {
    String state = "";
    for (DhcpdStatement inner : block.inner()) {
      if (inner.word(0).equals("binding") && inner.word(1).equals("state")) {
        state = inner.word(2);
      } else if (inner.word(0).equals("abandoned")) {
        state = "abandoned";
      }
    }
    return switch (state) {
      case "active", "bootp", "" -> LeaseState.ACTIVE;
      case "expired" -> LeaseState.EXPIRED;
      case "released" -> LeaseState.RELEASED;
      case "abandoned" -> LeaseState.ABANDONED;
      case "free", "backup", "reset" -> LeaseState.FREE;
      default -> throw new IllegalArgumentException("binding state '" + state + "' is not known");
    };
  }

  private void takeAssociation(DhcpdStatement block) throws IOException {
    LeaseKind kind =
        switch (block.word(0)) {
          case "ia-na" -> LeaseKind.IA_NA;
          case "ia-ta" -> LeaseKind.IA_TA;
          default -> LeaseKind.IA_PD;
        };
    Bytes who = octets(block.words().subList(1, block.words().size()));
    if (who.length() < 6) {
      throw new IllegalArgumentException("it does not begin with an IAID and a DUID");
    }
    long iaid =
        bigEndian ? who.u32(0) : Integer.toUnsignedLong(Integer.reverseBytes((int) who.u32(0)));
    ClientIdentity client =
        new ClientIdentity(ClientIdentity.Type.DUID, who.slice(4, who.length()));
    long heard = time(block.value("cltt"), 0);
    for (DhcpdStatement inner : block.inner()) {
      if (inner.word(0).equals("iaaddr") || inner.word(0).equals("iaprefix")) {
        into.put(resource(inner, kind, client, iaid, heard));
        tellLost(inner);
      }
    }
    tellLost(block);
  }

  private LeaseChange resource(
      DhcpdStatement block, LeaseKind kind, ClientIdentity client, long iaid, long heard) {
    LeaseKey key;
    if (kind == LeaseKind.IA_PD) {
      Prefix prefix = Prefix.ofIpv6Text(block.word(1));
      key = LeaseKey.prefix(prefix);
    } else {
      key = new LeaseKey(0, kind, Ipv6.ofIpv6Text(block.word(1)), 128);
    }
    LeaseState state = state(block);
    if (state == LeaseState.FREE) {
      free++;
      return LeaseChange.remove(key);
    }
    long ends = time(block.value("ends"), heard);
    String preferred = block.value("preferred-life");
    long until = preferred.isEmpty() ? ends : LeaseTimes.end(heard, number(preferred));
    ClientIdentity holder = state == LeaseState.ABANDONED ? ClientIdentity.NONE : client;
    return LeaseChange.put(
        new Lease(
            key, 0, holder, iaid, state, times(state, heard, until, ends), LeaseDetails.NONE));
  }

  private static Bytes hardware(String value) {
    String[] words = value.split(" ");
    Integer type = HARDWARE.get(words[0]);
    if (type == null && words[0].startsWith("unknown-")) {
      type = (int) number(words[0].substring(8));
    }
    if (type == null || words.length != 2) {
      throw new IllegalArgumentException("hardware '" + value + "' is not known");
    }
    Bytes address = Bytes.ofHex(padded(words[1]));
    byte[] octets = new byte[2 + address.length()];
    octets[0] = (byte) (type >> 8);
    octets[1] = (byte) (int) type;
    address.copyTo(octets, 2);
    return Bytes.wrap(octets);
  }

  private static Bytes octets(DhcpdStatement block, String name) {
    for (DhcpdStatement inner : block.inner()) {
      if (inner.word(0).equals(name)) {
        return octets(inner.words().subList(1, inner.words().size()));
      }
    }
    return Bytes.EMPTY;
  }

  /** A text, each character an octet, or octets in hexadecimal with colons. */
  private static Bytes octets(List<Token> words) {
    if (words.isEmpty()) {
      return Bytes.EMPTY;
    }
    String text = words.get(0).text();
    return words.get(0).kind() == DhcpdScanner.Kind.TEXT
        ? Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1))
        : Bytes.ofHex(padded(text));
  }

  /** dhcpd writes and reads {@code 0:1:2} for {@code 00:01:02}. */
  private static String padded(String hex) {
    StringBuilder padded = new StringBuilder();
    for (String octet : hex.split(":")) {
      padded.append(octet.length() == 1 ? "0" : "").append(octet);
    }
    return padded.toString();
  }

  /** Seconds since 1970 of {@code 4 2023/06/01 10:00:00}, {@code epoch 1685613600} or never. */
  private static long time(String text, long otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    String[] words = text.split(" ");
    if (words[0].equals("never")) {
      return LeaseTimes.NEVER;
    }
    if (words[0].equals("epoch") && words.length > 1) {
      return number(words[1]);
    }
    if (words.length == 3
        && words[1].matches("\\d{4}/\\d\\d/\\d\\d")
        && words[2].matches("\\d\\d:\\d\\d:\\d\\d")) {
      try {
        return LocalDateTime.parse(words[1].replace('/', '-') + "T" + words[2])
            .toEpochSecond(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("'" + text + "' is no time", e);
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no time");
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,12}")) {
      throw new IllegalArgumentException("'" + text + "' is no number");
    }
    return Long.parseLong(text);
  }
}
