// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The registrar of this host as operators see it (RFC 5525). May be asked from any thread. */
@ProviderType
public interface RegistrarControl {
  /** Server identifier, 32 bits, another one after each start; 0 before the first. */
  long serverId();

  /** Whether it answers: it has the whole handlespace. */
  boolean isReady();

  /** Why it is not ready, or what it does, a sentence. */
  String condition();

  /** Whether it takes part by protected connections only. */
  boolean isSecure();

  /** Checksum of the elements that are registered here (RFC 5353 section 3.6.2), 16 bits. */
  int checksum();

  /** Every pool, by handle. */
  List<Pool> pools();

  /** The elements of a pool, by identifier; empty if there is no such pool. */
  List<Element> elements(PoolHandle pool);

  /** Every other registrar, by identifier. */
  List<Peer> peers();

  /** Counters by name in kebab case. */
  Map<String, Long> counters();

  /** What wants attention, a sentence each. */
  List<String> alarms();

  /** The latest events, the oldest first. */
  List<Event> events();

  /**
   * A pool.
   *
   * @param handle of it
   * @param policy as in {@link PoolView#policy}
   * @param transport of all of its elements
   * @param elements how many there are
   * @param own how many of them are registered here
   * @param subscribers pool users that are told of changes
   */
  record Pool(
      PoolHandle handle,
      String policy,
      UserTransport transport,
      int elements,
      int own,
      int subscribers) {}

  /**
   * An element of a pool.
   *
   * @param member as its users see it
   * @param peer who registered it, by the peer directory; empty if that was not proved or not here
   * @param expires when the registration ends; empty if never, or if it is not registered here
   * @param lastAnswered when it answered a keep-alive last
   * @param reports by how many users it is said to be unreachable now
   * @param selected how often it was told to a user
   */
  record Element(
      PoolMember member,
      Optional<String> peer,
      Optional<Instant> expires,
      Optional<Instant> lastAnswered,
      int reports,
      long selected) {}

  /**
   * Another registrar.
   *
   * @param serverId its server identifier
   * @param peer who it is by the peer directory; empty if that was not proved
   * @param address of it, as text
   * @param state how it is
   * @param elements how many are registered at it
   * @param checksum of these, computed here
   * @param toldChecksum of these, as it said last; empty if it never did
   * @param lastHeard when its last message came; empty if none did
   * @param assurance what the connection to it vouches for
   */
  record Peer(
      long serverId,
      Optional<String> peer,
      String address,
      PeerState state,
      int elements,
      int checksum,
      Optional<Integer> toldChecksum,
      Optional<Instant> lastHeard,
      Assurance assurance) {}

  /** How another registrar is (RFC 5353 sections 3.4 and 3.5). */
  enum PeerState {
    /** It is heard. */
    ACTIVE,
    /** It was not heard in time, and has been asked. */
    SILENT,
    /** Its elements are being downloaded, because the checksums differ. */
    RESYNCHRONIZING,
    /** Somebody takes its elements over. */
    TAKEOVER
  }

  /**
   * Something that happened.
   *
   * @param at when
   * @param what a sentence
   */
  record Event(Instant at, String what) {}
}
