// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds room for a message's options in the datagram; for one message that is too long. */
final class Packing {
  /** Options without which an answer is none; they find room before the others, in this order. */
  private static final List<Integer> FIRST =
      List.of(
          Dhcp4OptionCode.MESSAGE_TYPE,
          Dhcp4OptionCode.SERVER_ID,
          Dhcp4OptionCode.LEASE_TIME,
          Dhcp4OptionCode.CLIENT_ID);

  private static final int OVERLOAD_LENGTH = 3;

  private static final int FIRST_PLACE = 0;
  private static final int USUAL_PLACE = 1;
  private static final int LAST_PLACE = 2;
  private static final int NO_PLACE = 3;

  private final Dhcp4Message message;
  private final Field optionsField;
  private final Field bootFile;
  private final Field serverName;
  private final List<Integer> leftOut = new ArrayList<>();

  /** A place for pieces of options; the octet of their end is set apart. */
  private static final class Field {
    private final ByteWriter out = new ByteWriter(Dhcp4Message.MIN_LENGTH);
    private final int capacity;
    private int reserved;

    Field(int capacity) {
      this.capacity = capacity;
    }

    int room() {
      return capacity - reserved - out.length();
    }

    void write(int code, Bytes value) {
      out.u8(code).u8(value.length()).bytes(value);
    }
  }

  private Packing(Dhcp4Message message, int capacity) {
    this.message = message;
    this.optionsField = new Field(capacity);
    this.bootFile = new Field(message.bootFile().isEmpty() ? Dhcp4Layout.BOOT_FILE_LENGTH - 1 : 0);
    this.serverName =
        new Field(message.serverName().isEmpty() ? Dhcp4Layout.SERVER_NAME_LENGTH - 1 : 0);
  }

  /** The message in at most that many octets. */
  static Encoded encode(Dhcp4Message message, int maxLength) {
    if (maxLength < Dhcp4Message.MIN_LENGTH) {
      throw new IllegalArgumentException(
          maxLength + " octets are less than " + Dhcp4Message.MIN_LENGTH);
    }
    Options options = inOrder(joined(message.options()));
    int length = 0;
    for (int i = 0; i < options.size(); i++) {
      length += framedLength(options.get(i));
    }
    int most = Math.min(maxLength, Dhcp4Message.MAX_LENGTH);
    int capacity = most - Dhcp4Layout.HEADER_LENGTH - 1;
    return length <= capacity
        ? new Encoded(whole(message, options, length), List.of())
        : divided(message, options, capacity);
  }

  /** With all options in the field that is theirs, which is what nearly every message is. */
  private static Bytes whole(Dhcp4Message message, Options options, int length) {
    ByteWriter out = begin(message, message.serverName(), message.bootFile(), length);
    for (int i = 0; i < options.size(); i++) {
      writeAll(out, options.get(i));
    }
    return end(out);
  }

  /** Options that only the options field could hold go first if that saves any. */
  private static Encoded divided(Dhcp4Message message, Options options, int capacity) {
    Encoded inOrder = new Packing(message, capacity).encode(options, false);
    if (inOrder.leftOut().isEmpty()) {
      return inOrder;
    }
    Encoded longFirst = new Packing(message, capacity).encode(options, true);
    return longFirst.leftOut().size() < inOrder.leftOut().size() ? longFirst : inOrder;
  }

  private Encoded encode(Options options, boolean longFirst) {
    List<Option> inOrder = new ArrayList<>();
    options.forEach(inOrder::add);
    distribute(inOrder, longFirst);
    return new Encoded(datagram(), leftOut);
  }

  private static Options joined(Options options) {
    CodeSet seen = new CodeSet();
    boolean once = true;
    for (int i = 0; i < options.size(); i++) {
      int code = options.get(i).code();
      if (code <= Dhcp4Layout.PAD || code >= Dhcp4Layout.END) {
        throw new IllegalArgumentException("option code " + code + " is not 1 to 254");
      }
      once &= seen.add(code);
    }
    return once ? options : Pieces.of(options).joined();
  }

  /** The options to write, the type first and the relay agent's last (RFC 3046 section 2.2). */
  private static Options inOrder(Options options) {
    if (isInOrder(options)) {
      return options;
    }
    Options.Builder inOrder = Options.builder(options.size());
    addAll(inOrder, options, FIRST_PLACE);
    addAll(inOrder, options, USUAL_PLACE);
    addAll(inOrder, options, LAST_PLACE);
    return inOrder.build();
  }

  private static boolean isInOrder(Options options) {
    int place = FIRST_PLACE;
    for (int i = 0; i < options.size(); i++) {
      int next = placeOf(options.get(i).code());
      if (next < place || next == NO_PLACE) {
        return false;
      }
      place = next;
    }
    return true;
  }

  private static void addAll(Options.Builder inOrder, Options options, int place) {
    for (int i = 0; i < options.size(); i++) {
      if (placeOf(options.get(i).code()) == place) {
        inOrder.add(options.get(i));
      }
    }
  }

  private static int placeOf(int code) {
    return switch (code) {
      case Dhcp4OptionCode.MESSAGE_TYPE -> FIRST_PLACE;
      case Dhcp4OptionCode.RELAY_AGENT_INFO -> LAST_PLACE;
      case Dhcp4OptionCode.OVERLOAD -> NO_PLACE; // Written where it is needed.
      default -> USUAL_PLACE;
    };
  }

  private static int framedLength(Option option) {
    int length = option.value().length();
    int most = Dhcp4Layout.MAX_PIECE_LENGTH;
    return length + Math.max(1, (length + most - 1) / most) * Dhcp4Layout.OPTION_HEADER_LENGTH;
  }

  private static void writeAll(ByteWriter out, Option option) {
    Bytes value = option.value();
    int at = 0;
    do {
      int end = Math.min(at + Dhcp4Layout.MAX_PIECE_LENGTH, value.length());
      out.u8(option.code()).u8(end - at).bytes(value.slice(at, end));
      at = end;
    } while (at < value.length());
  }

  private void distribute(List<Option> inOrder, boolean longFirst) {
    boolean canOverload = bootFile.capacity + serverName.capacity > 0;
    optionsField.reserved = canOverload ? OVERLOAD_LENGTH : 0;
    Option last = reserveTheEnd(inOrder);
    List<Option> byRank = new ArrayList<>(inOrder);
    byRank.remove(last);
    byRank.sort(Comparator.comparingInt(option -> rank(option, longFirst)));
    byRank.removeIf(this::place);
    for (Option option : inOrder) {
      if (byRank.contains(option)) {
        leftOut.add(option.code());
      }
    }
    int used = bootFile.out.length() > 0 ? Dhcp4Layout.IN_BOOT_FILE : 0;
    used |= serverName.out.length() > 0 ? Dhcp4Layout.IN_SERVER_NAME : 0;
    if (used != 0) {
      optionsField.write(Dhcp4OptionCode.OVERLOAD, Bytes.of(used));
    }
    if (last != null) {
      writeAll(optionsField.out, last);
    }
  }

  private int rank(Option option, boolean longFirst) {
    int rank = FIRST.indexOf(option.code());
    boolean elsewhere =
        framedLength(option) <= Math.max(bootFile.capacity, serverName.capacity) || !longFirst;
    return rank >= 0 ? rank : FIRST.size() + (elsewhere ? 1 : 0);
  }

  /**
   * Keeps room for the relay agent's option at the end of the options field, where the relay agent
   * looks for it, unless it would leave none for what an answer needs.
   */
  private Option reserveTheEnd(List<Option> inOrder) {
    Option last = inOrder.get(inOrder.size() - 1);
    int needed = 0;
    for (Option option : inOrder) {
      needed += FIRST.contains(option.code()) ? framedLength(option) : 0;
    }
    if (last.code() != Dhcp4OptionCode.RELAY_AGENT_INFO
        || needed + framedLength(last) > optionsField.room()) {
      return null;
    }
    optionsField.reserved += framedLength(last);
    return last;
  }

  /**
   * Writes the option where there is room; only one that has to be in pieces anyway is divided
   * between fields, since not everybody joins what could have been whole.
   */
  private boolean place(Option option) {
    if (option.code() == Dhcp4OptionCode.RELAY_AGENT_INFO) {
      return false; // RFC 3046 section 2.2: never in the fields of file and server name.
    }
    List<Field> fields = List.of(optionsField, bootFile, serverName);
    Bytes value = option.value();
    if (value.length() > Dhcp4Layout.MAX_PIECE_LENGTH) {
      return placeInPieces(fields, option);
    }
    for (Field field : fields) {
      if (framedLength(option) <= field.room()) {
        field.write(option.code(), value);
        return true;
      }
    }
    return false;
  }

  private static boolean placeInPieces(List<Field> fields, Option option) {
    int length = option.value().length();
    if (fields.stream().mapToInt(field -> mostIn(field.room())).sum() < length) {
      return false;
    }
    int at = 0;
    for (Field field : fields) {
      while (at < length && mostIn(field.room()) > 0) {
        int most = Math.min(mostIn(field.room()), Dhcp4Layout.MAX_PIECE_LENGTH);
        int end = Math.min(at + most, length);
        field.write(option.code(), option.value().slice(at, end));
        at = end;
      }
    }
    return true;
  }

  /** How many octets of values fit into the room, in pieces as long as can be. */
  private static int mostIn(int room) {
    int piece = Dhcp4Layout.MAX_PIECE_LENGTH + Dhcp4Layout.OPTION_HEADER_LENGTH;
    return Math.max(0, room / piece) * Dhcp4Layout.MAX_PIECE_LENGTH
        + Math.max(0, room % piece - Dhcp4Layout.OPTION_HEADER_LENGTH);
  }

  private Bytes datagram() {
    Bytes server = content(serverName, message.serverName());
    Bytes file = content(bootFile, message.bootFile());
    Bytes options = optionsField.out.toBytes();
    return end(begin(message, server, file, options.length()).bytes(options));
  }

  private static Bytes content(Field field, Bytes text) {
    return field.out.length() == 0 ? text : field.out.u8(Dhcp4Layout.END).toBytes();
  }

  /** All that is before the options. */
  private static ByteWriter begin(
      Dhcp4Message message, Bytes serverName, Bytes bootFile, int optionsLength) {
    int length = Dhcp4Layout.HEADER_LENGTH + optionsLength + 1;
    ByteWriter out = new ByteWriter(Math.max(length, Dhcp4Message.MIN_LENGTH));
    out.u8(message.op()).u8(message.hardwareType()).u8(message.hardwareAddress().length());
    out.u8(message.hops()).u32(message.transactionId() & 0xffff_ffffL);
    out.u16(message.seconds()).u16(message.flags());
    out.ipv4(message.clientAddress()).ipv4(message.yourAddress());
    out.ipv4(message.nextServer()).ipv4(message.relayAddress());
    writeField(out, message.hardwareAddress(), Dhcp4Message.MAX_HARDWARE_ADDRESS_LENGTH);
    writeField(out, serverName, Dhcp4Layout.SERVER_NAME_LENGTH);
    writeField(out, bootFile, Dhcp4Layout.BOOT_FILE_LENGTH);
    return out.u32(Dhcp4Layout.MAGIC_COOKIE);
  }

  /** All that is after the options. */
  private static Bytes end(ByteWriter out) {
    out.u8(Dhcp4Layout.END);
    return out.zeros(Math.max(0, Dhcp4Message.MIN_LENGTH - out.length())).toBytes();
  }

  private static void writeField(ByteWriter out, Bytes value, int length) {
    out.bytes(value).zeros(length - value.length());
  }
}
