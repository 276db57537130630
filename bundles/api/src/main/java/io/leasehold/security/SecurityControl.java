// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What operators do with credentials and peers by command. It writes files below {@code etc}, which
 * take effect as if an operator had written them. May be used from any thread; blocks for the time
 * of writing.
 */
@ProviderType
public interface SecurityControl {
  /**
   * What was written for a pre-shared key. The key itself is shown nowhere.
   *
   * @param credential name of it
   * @param identity by which peers find it
   * @param keyFile file with the key in hex, mode 0600; to be carried to the peer in safety
   * @param configuration file that makes it a credential
   */
  record KeyFiles(String credential, String identity, String keyFile, String configuration) {}

  /**
   * Makes a pre-shared key of 32 random octets and the credential for it.
   *
   * @param name of the credential: letters, digits, dots, hyphens and underscores
   * @param identity at most 128 octets of UTF-8; {@code peer#1} is a good form
   * @throws IllegalArgumentException if a name is wrong or taken; the message says what is accepted
   * @throws IOException if a file cannot be written; nothing is left behind then
   */
  KeyFiles generatePsk(String name, String identity) throws IOException;

  /**
   * Writes an entry of the peer directory.
   *
   * @return file that was written
   * @throws IllegalArgumentException if the entry is wrong or there is one of that name already
   * @throws IOException if the file cannot be written
   */
  String approvePeer(Peer peer) throws IOException;

  /**
   * Encrypts a secret with the key of this installation.
   *
   * @return reference for configurations, {@code enc:} and what it became
   * @throws IOException if the key cannot be read or made
   */
  String seal(Secret secret) throws IOException;

  /** What wants attention: a sentence each, for example of a certificate that ends soon. */
  List<String> alarms();
}
