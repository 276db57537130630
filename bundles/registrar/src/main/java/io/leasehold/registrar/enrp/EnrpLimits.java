// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

/**
 * How much other registrars may cost.
 *
 * @param peers registrars that are known
 * @param strangers connections whose other end has not said its server identifier
 * @param downloads that are served at a time
 * @param waiting updates that are kept during a download
 * @param pageElements pool elements on a page of a download
 * @param pageOctets octets of parameters on a page; a message has 65535 in all
 */
public record EnrpLimits(
    int peers, int strangers, int downloads, int waiting, int pageElements, int pageOctets) {
  /** For a registrar that nobody has configured. */
  public static final EnrpLimits DEFAULT = new EnrpLimits(64, 32, 8, 10_000, 128, 60_000);

  private static final int MOST_PAGE_OCTETS = 64_000;

  /** Refuses limits that let nothing in, and pages that fit into no message. */
  public EnrpLimits {
    int least =
        Math.min(
            Math.min(Math.min(peers, strangers), Math.min(downloads, waiting)),
            Math.min(pageElements, pageOctets));
    if (least < 1 || pageOctets > MOST_PAGE_OCTETS) {
      throw new IllegalArgumentException(
          "limits are positive, and a page has at most " + MOST_PAGE_OCTETS + " octets");
    }
  }
}
