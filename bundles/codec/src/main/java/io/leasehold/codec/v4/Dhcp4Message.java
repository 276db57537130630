// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A DHCPv4 or BOOTP message as UDP carries it (RFC 2131 section 2). Its options are those of the
 * options field and of the fields it was extended to, each code once, its pieces joined (RFC 3396);
 * option 52 itself, padding and end are no part of them. Immutable.
 *
 * @param op {@link #BOOT_REQUEST} or {@link #BOOT_REPLY}; 0 to 255
 * @param hardwareType of the client's link; 0 to 255
 * @param hops how many relay agents passed the message on; 0 to 255
 * @param transactionId chosen by the client, the bits of an unsigned number
 * @param seconds since the client began; 0 to 65535
 * @param flags see {@link #BROADCAST}; 0 to 65535
 * @param clientAddress what the client has and answers to (ciaddr)
 * @param yourAddress what the client is given (yiaddr)
 * @param nextServer whom to boot from (siaddr)
 * @param relayAddress the first relay agent (giaddr)
 * @param hardwareAddress of the client, as long as the message says; at most 16 octets (chaddr)
 * @param serverName the boot server's name without zeros after it, at most 64 octets; none if the
 *     field holds options (sname)
 * @param bootFile the name of the boot file without zeros after it, at most 128 octets; none if the
 *     field holds options (file)
 * @param options all options; codes 1 to 254
 */
public record Dhcp4Message(
    int op,
    int hardwareType,
    int hops,
    int transactionId,
    int seconds,
    int flags,
    Ipv4 clientAddress,
    Ipv4 yourAddress,
    Ipv4 nextServer,
    Ipv4 relayAddress,
    Bytes hardwareAddress,
    Bytes serverName,
    Bytes bootFile,
    Options options) {
  /** From a client. */
  public static final int BOOT_REQUEST = 1;

  /** From a server. */
  public static final int BOOT_REPLY = 2;

  /** The flag of a client that cannot receive unicast yet (RFC 2131 section 4.1). */
  public static final int BROADCAST = 0x8000;

  /** The most octets a UDP datagram carries. */
  public static final int MAX_LENGTH = 65535;

  /** The fewest octets of a message: shorter ones are dropped on the way (RFC 1542 section 2.1). */
  public static final int MIN_LENGTH = 300;

  /**
   * Octets that every client takes: 576 with the headers of IP and UDP (RFC 2131 section 2, RFC
   * 2132 section 9.10).
   */
  public static final int ALWAYS_ACCEPTED_LENGTH = 576 - Dhcp4Layout.IP_AND_UDP_HEADERS;

  /** The room for a hardware address. */
  public static final int MAX_HARDWARE_ADDRESS_LENGTH = 16;

  /** Refuses what does not fit its field. */
  public Dhcp4Message {
    checkFits("op", op, 0xff);
    checkFits("hardware type", hardwareType, 0xff);
    checkFits("hops", hops, 0xff);
    checkFits("seconds", seconds, 0xffff);
    checkFits("flags", flags, 0xffff);
    Objects.requireNonNull(clientAddress);
    Objects.requireNonNull(yourAddress);
    Objects.requireNonNull(nextServer);
    Objects.requireNonNull(relayAddress);
    Objects.requireNonNull(options);
    checkFits("length of hardware address", hardwareAddress.length(), MAX_HARDWARE_ADDRESS_LENGTH);
    checkFits("length of server name", serverName.length(), Dhcp4Layout.SERVER_NAME_LENGTH);
    checkFits("length of boot file", bootFile.length(), Dhcp4Layout.BOOT_FILE_LENGTH);
  }

  private static void checkFits(String what, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not 0 to " + max);
    }
  }

  /**
   * Reads a message. Framing of its options is checked, and that its type is one octet; other
   * values are read when asked for. Nothing is copied but options in several pieces: the message is
   * a view of the datagram. Without the magic cookie it is BOOTP and has no options.
   *
   * @throws MalformedPacketException if the octets are not such a message
   */
  public static Dhcp4Message decode(Bytes datagram) {
    ByteReader in = new ByteReader(datagram);
    if (datagram.length() > MAX_LENGTH) {
      throw in.malformed(MalformedReason.PACKET_TOO_LONG);
    }
    Builder message = new Builder();
    message.readHeader(datagram, in);
    ReceivedOptions received = new ReceivedOptions();
    if (Dhcp4Layout.startsWithCookie(in)) {
      received.read(in.rest(), message.bootFile, message.serverName);
    }
    boolean named = !received.areIn(Dhcp4Layout.IN_SERVER_NAME);
    boolean booted = !received.areIn(Dhcp4Layout.IN_BOOT_FILE);
    return message
        .serverName(named ? Octets.withoutZeros(message.serverName) : Bytes.EMPTY)
        .bootFile(booted ? Octets.withoutZeros(message.bootFile) : Bytes.EMPTY)
        .options(received.checked())
        .build();
  }

  /**
   * The message in at most that many octets, and at least {@link #MIN_LENGTH}: the type first, the
   * relay agent's option last, an option over 255 octets in pieces (RFC 3396). Where the options
   * field is too small the fields of boot file and server name are used too, if they are empty (RFC
   * 2131 section 4.1). What finds no room even then is left out: type, server identifier, lease
   * time, client identifier and relay agent information go before all others, which have room in
   * the order of the message.
   *
   * @param maxLength octets of the datagram without headers of UDP and IP, see {@link
   *     #maxReplyLength}
   * @throws IllegalArgumentException if the length is under {@link #MIN_LENGTH}, or an option's
   *     code is not 1 to 254
   */
  public Encoded encode(int maxLength) {
    return Packing.encode(this, maxLength);
  }

  /** The message in as many octets as it takes. */
  public Bytes encode() {
    return encode(MAX_LENGTH).datagram();
  }

  /** The message's type, see {@link Dhcp4MessageType}; 0 is BOOTP. */
  public int type() {
    Bytes value = options.rawOrEmpty(Dhcp4OptionCode.MESSAGE_TYPE);
    return value.isEmpty() ? Dhcp4MessageType.BOOTP : value.at(0);
  }

  /** Whether this is a message without a type: BOOTP (RFC 951). */
  public boolean isBootp() {
    return type() == Dhcp4MessageType.BOOTP;
  }

  /** Whether the client wants its answer broadcast. */
  public boolean isBroadcast() {
    return (flags & BROADCAST) != 0;
  }

  /** Whether a relay agent passed the message on. */
  public boolean isRelayed() {
    return !relayAddress.isUnspecified();
  }

  /** The client's link-layer address; none on links that have none that fits (RFC 4390). */
  public Optional<HardwareAddress> hardware() {
    return hardwareAddress.isEmpty()
        ? Optional.empty()
        : Optional.of(new HardwareAddress(hardwareType, hardwareAddress));
  }

  /**
   * How many octets an answer may have, for {@link #encode(int)}: what the client says in option
   * 57, which counts the headers of IP and UDP too, and never less than {@link
   * #ALWAYS_ACCEPTED_LENGTH}.
   */
  public int maxReplyLength() {
    Bytes value = options.rawOrEmpty(Dhcp4OptionCode.MAX_MESSAGE_SIZE);
    int said = value.length() == 2 ? value.u16(0) - Dhcp4Layout.IP_AND_UDP_HEADERS : 0;
    return Math.max(said, ALWAYS_ACCEPTED_LENGTH);
  }

  /** A builder with everything zero or empty. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with what this message has. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Type, transaction, client and options in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s xid 0x%08x chaddr %s %s",
        Dhcp4MessageType.name(type()),
        transactionId,
        hardwareAddress.toHex(":"),
        options);
  }

  /** Collects a message. For one thread at a time. */
  public static final class Builder {
    private int op;
    private int hardwareType;
    private int hops;
    private int transactionId;
    private int seconds;
    private int flags;
    private Ipv4 clientAddress = Ipv4.UNSPECIFIED;
    private Ipv4 yourAddress = Ipv4.UNSPECIFIED;
    private Ipv4 nextServer = Ipv4.UNSPECIFIED;
    private Ipv4 relayAddress = Ipv4.UNSPECIFIED;
    private Bytes hardwareAddress = Bytes.EMPTY;
    private Bytes serverName = Bytes.EMPTY;
    private Bytes bootFile = Bytes.EMPTY;
    private Options options = Options.EMPTY;

    private Builder() {}

    private Builder(Dhcp4Message message) {
      op = message.op;
      hardwareType = message.hardwareType;
      hops = message.hops;
      transactionId = message.transactionId;
      seconds = message.seconds;
      flags = message.flags;
      clientAddress = message.clientAddress;
      yourAddress = message.yourAddress;
      nextServer = message.nextServer;
      relayAddress = message.relayAddress;
      hardwareAddress = message.hardwareAddress;
      serverName = message.serverName;
      bootFile = message.bootFile;
      options = message.options;
    }

    private void readHeader(Bytes datagram, ByteReader in) {
      op = in.u8();
      hardwareType = in.u8();
      int hardwareLength = in.u8();
      if (hardwareLength > MAX_HARDWARE_ADDRESS_LENGTH) {
        throw new MalformedPacketException(
            MalformedReason.VALUE_TOO_LONG,
            datagram.sourceOffset() + Dhcp4Layout.HARDWARE_LENGTH_OFFSET);
      }
      hops = in.u8();
      transactionId = (int) in.u32();
      seconds = in.u16();
      flags = in.u16();
      clientAddress = in.ipv4();
      yourAddress = in.ipv4();
      nextServer = in.ipv4();
      relayAddress = in.ipv4();
      hardwareAddress = in.bytes(MAX_HARDWARE_ADDRESS_LENGTH).slice(0, hardwareLength);
      serverName = in.bytes(Dhcp4Layout.SERVER_NAME_LENGTH);
      bootFile = in.bytes(Dhcp4Layout.BOOT_FILE_LENGTH);
    }

    /** Sets {@link Dhcp4Message#op}. */
    public Builder op(int value) {
      op = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#hops}. */
    public Builder hops(int value) {
      hops = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#transactionId}. */
    public Builder transactionId(int value) {
      transactionId = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#seconds}. */
    public Builder seconds(int value) {
      seconds = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#flags}. */
    public Builder flags(int value) {
      flags = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#clientAddress}. */
    public Builder clientAddress(Ipv4 value) {
      clientAddress = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#yourAddress}. */
    public Builder yourAddress(Ipv4 value) {
      yourAddress = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#nextServer}. */
    public Builder nextServer(Ipv4 value) {
      nextServer = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#relayAddress}. */
    public Builder relayAddress(Ipv4 value) {
      relayAddress = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#hardwareType} and {@link Dhcp4Message#hardwareAddress}. */
    public Builder hardware(int type, Bytes address) {
      hardwareType = type;
      hardwareAddress = address;
      return this;
    }

    /** Sets {@link Dhcp4Message#hardwareType} and {@link Dhcp4Message#hardwareAddress}. */
    public Builder hardware(HardwareAddress address) {
      return hardware(address.type(), address.address());
    }

    /** Sets {@link Dhcp4Message#serverName}. */
    public Builder serverName(Bytes value) {
      serverName = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#bootFile}. */
    public Builder bootFile(Bytes value) {
      bootFile = value;
      return this;
    }

    /** Sets {@link Dhcp4Message#options}. */
    public Builder options(Options value) {
      options = value;
      return this;
    }

    /** The message. */
    public Dhcp4Message build() {
      return new Dhcp4Message(
          op,
          hardwareType,
          hops,
          transactionId,
          seconds,
          flags,
          clientAddress,
          yourAddress,
          nextServer,
          relayAddress,
          hardwareAddress,
          serverName,
          bootFile,
          options);
    }
  }
}
