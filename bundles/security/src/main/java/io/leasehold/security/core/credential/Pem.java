// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Blocks of RFC 7468. */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /**
   * A block.
   *
   * @param label for example {@code CERTIFICATE}
   * @param der what it holds
   */
  record Block(String label, byte[] der) {}

  /** All blocks; what stands around them does not matter (RFC 7468 section 2). */
  static List<Block> blocks(byte[] file, String place) throws CredentialFault {
    List<Block> blocks = new ArrayList<>();
    String label = null;
    StringBuilder body = new StringBuilder();
    for (String line : new String(file, StandardCharsets.ISO_8859_1).lines().toList()) {
      String text = line.strip();
      if (text.startsWith(BEGIN) && text.endsWith(DASHES)) {
        label = text.substring(BEGIN.length(), text.length() - DASHES.length());
        body.setLength(0);
      } else if (label != null && text.equals(END + label + DASHES)) {
        blocks.add(new Block(label, decoded(body.toString(), place)));
        label = null;
      } else if (label != null) {
        body.append(text);
      }
    }
    if (label != null) {
      throw CredentialFault.inContent(place + " ends within a block " + label);
    }
    return blocks;
  }

  /** What the file is in DER, if it is not in text. */
  static boolean isDer(byte[] file) {
    return file.length > 2 && file[0] == 0x30 && !Bytes.wrap(file).toUtf8().contains(BEGIN);
  }

  private static byte[] decoded(String body, String place) throws CredentialFault {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw CredentialFault.inContent(place + " holds a block that is not in base 64");
    }
  }
}
