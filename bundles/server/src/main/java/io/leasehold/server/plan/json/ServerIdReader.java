// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import java.util.List;
import java.util.Optional;

/** Reads the server's DUID (RFC 8415 section 11). */
final class ServerIdReader {
  private static final int TYPE_LLT = 1;
  private static final int TYPE_EN = 2;
  private static final int TYPE_LL = 3;
  private static final int ETHERNET = 1;
  private static final long UINT32 = 0xffff_ffffL;

  private ServerIdReader() {}

  /**
   * The DUID; empty if the plan leaves a part of it open, as Kea allows, or if there is an error.
   */
  static Optional<Duid> read(Fields fields) {
    Optional<String> type =
        fields.has("type")
            ? fields.word("type", List.of("LLT", "EN", "LL"))
            : fields.requiredText("type");
    Optional<Bytes> identifier = identifier(fields);
    long hardwareType = fields.whole("htype", 0, 65_535).orElse(0);
    long time = fields.whole("time", 0, UINT32).orElse(0);
    long enterprise = fields.whole("enterprise-id", 0, UINT32).orElse(0);
    if (!fields.flag("persist").orElse(true)) {
      fields
          .findings()
          .warn(
              fields.place("persist"),
              "\"persist\" has no effect here: the server's DUID is always kept");
    }
    if (type.isEmpty() || identifier.isEmpty() && fields.text("identifier").isPresent()) {
      return Optional.empty();
    }
    boolean open =
        identifier.isEmpty()
            || type.get().equals("LLT") && time == 0
            || type.get().equals("EN") && enterprise == 0;
    if (open) {
      fields
          .findings()
          .warn(
              fields.place(),
              "\"server-id\" leaves a part of the DUID open; the server uses the one it made for itself, and keeps it");
      return Optional.empty();
    }
    ByteWriter out = new ByteWriter(32);
    int htype = hardwareType == 0 ? ETHERNET : (int) hardwareType;
    switch (type.get()) {
      case "LLT" -> out.u16(TYPE_LLT).u16(htype).u32(time);
      case "EN" -> out.u16(TYPE_EN).u32(enterprise);
      default -> out.u16(TYPE_LL).u16(htype);
    }
    return Optional.of(new Duid(out.bytes(identifier.get()).toBytes()));
  }

  private static Optional<Bytes> identifier(Fields fields) {
    Optional<String> text = fields.text("identifier");
    try {
      Optional<Bytes> octets = text.map(Bytes::ofHex);
      if (octets.isEmpty() || octets.get().length() <= Duid.MAX_LENGTH - 8) {
        return octets;
      }
    } catch (IllegalArgumentException notOctets) {
      // Reported below, together with those that are too long.
    }
    fields.error(
        "identifier",
        "\"identifier\" is \""
            + text.orElseThrow()
            + "\"; accepted are up to 122 octets in hexadecimal digits");
    return Optional.empty();
  }
}
