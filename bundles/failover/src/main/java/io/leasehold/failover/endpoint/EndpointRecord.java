// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.net.Bytes;
import java.util.Optional;

/**
 * What is stored of an endpoint (RFC 8156 sections 8.1 and 8.2). Times are seconds since 1970, 0
 * for none. Written as an octet with the version, then items of tag and length, two octets each,
 * and value; items that are not known are passed over.
 *
 * @param own how this server stands
 * @param partner how the partner does, by its last word
 * @param past what was
 * @param mcltSeconds the maximum client lead time in force
 * @param largestMcltSeconds the largest one since NORMAL was entered
 * @param dhcp4 how it stands with leases of DHCPv4
 */
record EndpointRecord(
    Own own, Partner partner, Past past, long mcltSeconds, long largestMcltSeconds, Dhcp4 dhcp4) {
  private static final int VERSION = 1;
  private static final int OWN = 1;
  private static final int PARTNER = 2;
  private static final int PAST = 3;
  private static final int MCLT = 4;
  private static final int DHCP4 = 5;
  private static final int CLOCKS = 6;
  private static final int STOPPED = 8;

  /** How long tag and length of an item are. */
  private static final int HEADER = 4;

  /** How it stands with leases of DHCPv4, which not every partner tells. */
  enum Dhcp4 {
    /** What the partner has of them was never told, or is lost. */
    UNKNOWN,
    /** They go the way of all leases. */
    SHARED,
    /** They did, and since then the partner was there without them. */
    APART;

    private static final Dhcp4[] ALL = values();
  }

  /**
   * How this server stands.
   *
   * @param state never STARTUP
   * @param former the state before it
   * @param since when it was entered
   */
  record Own(ServerState state, Optional<ServerState> former, long since) {}

  /**
   * How the partner stands.
   *
   * @param state empty if it has never said
   * @param flags of its last STATE
   * @param since when it entered it, by its own clock
   * @param downSince when it entered PARTNER-DOWN, while it is in it
   * @param heard when its last message came
   */
  record Partner(
      Optional<ServerState> state, ServerFlags flags, long since, long downSince, long heard) {
    /** Of a partner that has not said anything. */
    static final Partner UNKNOWN =
        new Partner(Optional.empty(), new ServerFlags(false, false, false), 0, 0, 0);

    Partner heardAt(long wallSeconds) {
      return new Partner(state, flags, since, downSince, wallSeconds);
    }
  }

  /**
   * What was.
   *
   * @param hasCommunicated whether NORMAL was ever reached
   * @param hasServed whether clients were ever answered in this relationship
   * @param learnsAll whether nothing is to be trusted until the partner has sent everything
   * @param hasStopped whether the last time is that of a stop in good order; otherwise it may have
   *     run on for a while
   * @param lastRunning when this server is last known to have run
   * @param quietSince since when it has surely promised nothing to clients, for as long as that
   *     matters: until RECOVER-WAIT is over
   * @param doubtedUntil see {@link ClockDoubt#until}
   */
  record Past(
      boolean hasCommunicated,
      boolean hasServed,
      boolean learnsAll,
      boolean hasStopped,
      long lastRunning,
      long quietSince,
      long doubtedUntil) {
    Past running(long wallSeconds, boolean isLast) {
      return new Past(
          hasCommunicated, hasServed, learnsAll, isLast, wallSeconds, quietSince, doubtedUntil);
    }

    Past quiet(long wallSeconds) {
      return new Past(
          hasCommunicated,
          hasServed,
          learnsAll,
          hasStopped,
          lastRunning,
          wallSeconds,
          doubtedUntil);
    }

    Past learning(boolean all) {
      return new Past(
          hasCommunicated, hasServed, all, hasStopped, lastRunning, quietSince, doubtedUntil);
    }

    Past doubted(long until) {
      return new Past(
          hasCommunicated, hasServed, learnsAll, hasStopped, lastRunning, quietSince, until);
    }

    Past in(ServerState state) {
      return new Past(
          hasCommunicated || state == ServerState.NORMAL,
          hasServed || StateTable.serves(state),
          learnsAll,
          hasStopped,
          lastRunning,
          quietSince,
          doubtedUntil);
    }
  }

  /**
   * Of a server without a past: RECOVER in both roles, so that nothing is lost with a disk.
   *
   * @param hasServed whether it may have had one, that is lost
   */
  static EndpointRecord fresh(long wallSeconds, long mcltSeconds, boolean hasServed) {
    return new EndpointRecord(
        new Own(ServerState.RECOVER, Optional.empty(), wallSeconds),
        Partner.UNKNOWN,
        new Past(false, hasServed, false, false, 0, wallSeconds, 0),
        mcltSeconds,
        mcltSeconds,
        Dhcp4.UNKNOWN);
  }

  /**
   * The same in another state since then. Whoever takes over takes over all: the partner is known
   * not to serve, and tells everything when it is back.
   */
  EndpointRecord entered(ServerState state, long since) {
    return new EndpointRecord(
        new Own(state, Optional.of(own.state), since),
        partner,
        past.in(state),
        mcltSeconds,
        state == ServerState.NORMAL ? mcltSeconds : largestMcltSeconds,
        state == ServerState.PARTNER_DOWN ? Dhcp4.SHARED : dhcp4);
  }

  /** The same with another maximum client lead time; the largest counts what it was. */
  EndpointRecord lead(long seconds) {
    return new EndpointRecord(
        own,
        partner,
        past,
        seconds,
        Math.max(largestMcltSeconds, Math.max(mcltSeconds, seconds)),
        dhcp4);
  }

  EndpointRecord with(Past newPast) {
    return new EndpointRecord(own, partner, newPast, mcltSeconds, largestMcltSeconds, dhcp4);
  }

  EndpointRecord with(Partner newPartner) {
    return new EndpointRecord(own, newPartner, past, mcltSeconds, largestMcltSeconds, dhcp4);
  }

  EndpointRecord with(Dhcp4 newDhcp4) {
    return new EndpointRecord(own, partner, past, mcltSeconds, largestMcltSeconds, newDhcp4);
  }

  /** The note. */
  Bytes encode() {
    ByteWriter out = new ByteWriter(96).u8(VERSION);
    ServerFlags flags = partner.flags;
    int former = own.former.map(ServerState::code).orElse(0);
    item(out, OWN, new ByteWriter(10).u8(own.state.code()).u8(former).i64(own.since));
    item(
        out,
        PARTNER,
        new ByteWriter(26)
            .u8(partner.state.map(ServerState::code).orElse(0))
            .u8(bits(flags.communicated(), flags.startup(), flags.startupSeen()))
            .i64(partner.since)
            .i64(partner.downSince)
            .i64(partner.heard));
    item(
        out,
        PAST,
        new ByteWriter(17)
            .u8(
                bits(past.hasCommunicated, past.hasServed, past.learnsAll)
                    | (past.hasStopped ? STOPPED : 0))
            .i64(past.lastRunning)
            .i64(past.quietSince));
    item(out, MCLT, new ByteWriter(8).u32(mcltSeconds).u32(largestMcltSeconds));
    item(out, DHCP4, new ByteWriter(1).u8(dhcp4.ordinal()));
    if (past.doubtedUntil != 0) {
      item(out, CLOCKS, new ByteWriter(8).i64(past.doubtedUntil));
    }
    return out.toBytes();
  }

  private static void item(ByteWriter out, int tag, ByteWriter value) {
    out.u16(tag).u16(value.length()).bytes(value.toBytes());
  }

  private static int bits(boolean first, boolean second, boolean third) {
    return (first ? 1 : 0) | (second ? 2 : 0) | (third ? 4 : 0);
  }

  /**
   * Reads a note.
   *
   * @return empty if it cannot be read: that is as if there were none, and has to be said
   */
  static Optional<EndpointRecord> decode(Bytes note) {
    try {
      return read(new ByteReader(note));
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }

  private static Optional<EndpointRecord> read(ByteReader in) {
    if (in.u8() != VERSION) {
      return Optional.empty();
    }
    Optional<Own> own = Optional.empty();
    Optional<Partner> partner = Optional.empty();
    Optional<Past> past = Optional.empty();
    Dhcp4 dhcp4 = Dhcp4.UNKNOWN;
    long[] mclt = {0, 0};
    long doubtedUntil = 0;
    while (in.remaining() >= HEADER) {
      int tag = in.u16();
      ByteReader value = new ByteReader(in.bytes(in.u16()));
      switch (tag) {
        case OWN -> own = own(value);
        case PARTNER -> partner = Optional.of(partner(value));
        case PAST -> past = Optional.of(past(value));
        case MCLT -> mclt = new long[] {value.u32(), value.u32()};
        case DHCP4 -> dhcp4 = Dhcp4.ALL[Math.min(value.u8(), Dhcp4.ALL.length - 1)];
        case CLOCKS -> doubtedUntil = value.i64();
        default -> {}
      }
    }
    in.expectEnd();
    if (own.isEmpty() || partner.isEmpty() || past.isEmpty() || mclt[0] == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new EndpointRecord(
            own.get(), partner.get(), past.get().doubted(doubtedUntil), mclt[0], mclt[1], dhcp4));
  }

  private static Optional<Own> own(ByteReader in) {
    Optional<ServerState> state = ServerState.of(in.u8());
    Optional<ServerState> former = ServerState.of(in.u8());
    long since = in.i64();
    return state
        .filter(known -> known != ServerState.STARTUP)
        .map(known -> new Own(known, former, since));
  }

  private static Partner partner(ByteReader in) {
    Optional<ServerState> state = ServerState.of(in.u8());
    int flags = in.u8();
    return new Partner(
        state,
        new ServerFlags((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0),
        in.i64(),
        in.i64(),
        in.i64());
  }

  private static Past past(ByteReader in) {
    int flags = in.u8();
    return new Past(
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & STOPPED) != 0,
        in.i64(),
        in.i64(),
        0);
  }
}
