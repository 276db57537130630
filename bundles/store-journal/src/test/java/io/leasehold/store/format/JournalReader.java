// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads a journal directory by {@code docs/store-format.md} alone, without any code of the store: a
 * second opinion about the format.
 */
final class JournalReader {
  private static final int BLOCK = 4096;

  private final Path directory;
  private final Map<String, String> leases = new TreeMap<>();
  private final Map<String, String> notes = new TreeMap<>();
  private String store;
  private long next = 1;

  JournalReader(Path directory) {
    this.directory = directory;
  }

  /** Leases in hexadecimal, by their keys in hexadecimal. */
  Map<String, String> leases() {
    return leases;
  }

  /** Notes in hexadecimal, by their names. */
  Map<String, String> notes() {
    return notes;
  }

  /** The sequence that the next batch would have. */
  long next() {
    return next;
  }

  JournalReader read() throws IOException {
    List<String> tables = names("checkpoint-[0-9a-f]{16}\\.tab");
    long first = 1;
    if (!tables.isEmpty()) {
      first = readTable(tables.get(tables.size() - 1));
    }
    for (String name : names("journal-[0-9a-f]{16}\\.seg")) {
      if (Long.parseLong(name.substring(8, 24), 16) >= first) {
        readSegment(name);
      }
    }
    return this;
  }

  private List<String> names(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(pattern))
          .sorted()
          .toList();
    }
  }

  private ByteBuffer open(String name, String magic) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)));
    must(ascii(file, 0, 8).equals(magic), name + ": magic");
    must(file.getShort(8) == 1, name + ": version");
    must(crc(file, 0, 56) == file.getInt(56), name + ": checksum of the header");
    String uuid = hex(file, 16, 16);
    must(store == null || store.equals(uuid), name + ": store");
    store = uuid;
    return file;
  }

  private long readTable(String name) throws IOException {
    ByteBuffer file = open(name, "LHtable1");
    long number = file.getLong(32);
    next = file.getLong(40) + 1;
    int at = BLOCK;
    for (long block = 0; ; block++) {
      int length = file.getInt(at + 8);
      must(crc(file, at + 8, 24 + length) == file.getInt(at + 4), name + ": block at " + at);
      must(file.getLong(at + 16) == number && file.getLong(at + 24) == block, name + ": order");
      if (ascii(file, at, 4).equals("LHen")) {
        must(file.getLong(at + 32) == leases.size(), name + ": leases");
        must(file.getLong(at + 40) == notes.size(), name + ": notes");
        must(file.getLong(at + 48) == file.capacity(), name + ": length");
        return number;
      }
      must(ascii(file, at, 4).equals("LHbl"), name + ": block magic");
      records(file, at + 32, at + 32 + length, file.getInt(at + 12));
      at += 32 + length;
    }
  }

  private void readSegment(String name) throws IOException {
    ByteBuffer file = open(name, "LHjournl");
    long number = file.getLong(32);
    must(file.getLong(40) == next, name + ": first sequence");
    must(file.getLong(48) == file.capacity(), name + ": length");
    int at = BLOCK;
    while (at < file.capacity() && ascii(file, at, 4).equals("LHfr")) {
      int length = file.getInt(at + 8);
      must(crc(file, at + 8, length - 8) == file.getInt(at + 4), name + ": frame at " + at);
      must(file.getLong(at + 16) == number, name + ": segment of the frame at " + at);
      must(file.getLong(at + 24) == next, name + ": sequence of the frame at " + at);
      must(file.getLong(at + 32) < next, name + ": durable sequence of the frame at " + at);
      records(file, at + 48, at + length, file.getInt(at + 12));
      next += file.getInt(at + 40);
      at += (length + BLOCK - 1) / BLOCK * BLOCK;
    }
  }

  private void records(ByteBuffer file, int from, int to, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      int type = file.get(at);
      int length = file.getInt(at) & 0xff_ffff;
      int body = at + 4;
      switch (type) {
        case 1 -> leases.put(hex(file, body, 22), hex(file, body, length));
        case 2 -> leases.remove(hex(file, body, 22));
        case 3 -> {
          int named = file.getShort(body) & 0xffff;
          byte[] text = Arrays.copyOfRange(file.array(), body + 2, body + 2 + named);
          String name = new String(text, StandardCharsets.UTF_8);
          String value = hex(file, body + 2 + named, length - 2 - named);
          if (value.isEmpty()) {
            notes.remove(name);
          } else {
            notes.put(name, value);
          }
        }
        default -> throw new AssertionError("record type " + type);
      }
      at = body + length;
    }
    must(at == to, "records end at " + at + ", not " + to);
  }

  /** The lease with a key, both in hexadecimal, as a line of an export. */
  String text(String key) {
    ByteBuffer lease = ByteBuffer.wrap(HexFormat.of().parseHex(leases.get(key)));
    int realm = lease.getInt();
    String kind = List.of("", "na", "ta", "pd", "v4").get(lease.get());
    byte[] address = octets(lease, 16);
    int length = lease.get() & 0xff;
    must(lease.get() == 1, "version of a lease");
    List<String> states =
        List.of("active", "expired", "released", "pending-free", "free", "free-backup");
    int state = lease.get();
    String stateWord = state < 7 ? states.get(state - 1) : state == 7 ? "declined" : "reset";
    String client = List.of("none", "duid", "client-id", "hardware").get(lease.get());
    String who = HexFormat.of().formatHex(octets(lease, (int) varint(lease)));
    long iaid = lease.getInt() & 0xffff_ffffL;
    long subnet = varint(lease);
    long since = signed(lease);
    String times = " heard=" + time(since + signed(lease));
    times += " preferred=" + time(since + signed(lease));
    times += " expires=" + time(since + signed(lease));
    StringBuilder details = new StringBuilder();
    while (lease.hasRemaining()) {
      details.append(' ').append(varint(lease)).append('=');
      details.append(HexFormat.of().formatHex(octets(lease, (int) varint(lease))));
    }
    return "lease %s%s %s state=%s subnet=%d client=%s:%s iaid=%d since=%d%s%s%s"
        .formatted(
            HexFormat.of().formatHex(address),
            length == 128 ? "" : "/" + length,
            kind,
            stateWord,
            subnet,
            client,
            who,
            iaid,
            since,
            times,
            realm == 0 ? "" : " realm=" + realm,
            details);
  }

  private static byte[] octets(ByteBuffer from, int length) {
    byte[] octets = new byte[length];
    from.get(octets);
    return octets;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    int octet = from.get();
    for (int shift = 0; ; shift += 7, octet = from.get()) {
      value |= (octet & 0x7fL) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
  }

  private static long signed(ByteBuffer from) {
    long value = varint(from);
    return value >>> 1 ^ -(value & 1);
  }

  private static String time(long seconds) {
    return seconds == Long.MAX_VALUE ? "never" : Long.toString(seconds);
  }

  private static int crc(ByteBuffer file, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(file.array(), at, length);
    return (int) crc.getValue();
  }

  private static String ascii(ByteBuffer file, int at, int length) {
    return new String(file.array(), at, length, StandardCharsets.ISO_8859_1);
  }

  private static String hex(ByteBuffer file, int at, int length) {
    return HexFormat.of().formatHex(file.array(), at, at + length);
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
