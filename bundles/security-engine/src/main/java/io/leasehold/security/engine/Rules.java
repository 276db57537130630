// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ProfileRejectedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.Vector;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsUtils;

/**
 * What a profile lets be negotiated: versions, suites, groups and signatures, each in the order of
 * preference. SSL, TLS 1.0 and 1.1 and DTLS 1.0 are nowhere in it (RFC 9325 section 3.1).
 */
public final class Rules {
  /** Setting: groups of the key exchange, instead of the usual ones. */
  public static final String GROUPS = "groups";

  /** Setting: whether suites without key exchange are accepted, for constrained peers. */
  public static final String CONSTRAINED = "constrained.suites";

  /** Setting: pre-shared keys for version 1.2 and nothing else. */
  public static final String KEYS_12 = "credential.tls12";

  private static final Map<String, Integer> KNOWN_GROUPS =
      Map.of(
          "X25519MLKEM768", NamedGroup.X25519MLKEM768,
          "SecP256r1MLKEM768", NamedGroup.SecP256r1MLKEM768,
          "x25519", NamedGroup.x25519,
          "secp256r1", NamedGroup.secp256r1,
          "secp384r1", NamedGroup.secp384r1);

  private static final List<String> USUAL_GROUPS =
      List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1");

  private static final int[] SIGNATURES = {
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.ecdsa_secp384r1_sha384,
    SignatureScheme.ed25519,
    SignatureScheme.rsa_pss_rsae_sha256
  };

  /** By which issuers sign; most of the field's are PKCS #1. */
  private static final int[] ISSUERS_SIGNATURES = {
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.ecdsa_secp384r1_sha384,
    SignatureScheme.ed25519,
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pkcs1_sha256,
    SignatureScheme.rsa_pkcs1_sha384,
    SignatureScheme.rsa_pkcs1_sha512
  };

  private final ProtocolVersion[] versions;
  private final int[] suites;
  private final int[] groups;
  private final Set<String> keys12;

  private Rules(ProtocolVersion[] versions, int[] suites, int[] groups, Set<String> keys12) {
    this.versions = versions;
    this.suites = suites;
    this.groups = groups;
    this.keys12 = keys12;
  }

  /**
   * Rules of a channel with certificates over a stream.
   *
   * @throws ProfileRejectedException if the profile contradicts itself
   */
  public static Rules certificatesOverStream(ChannelProfile profile)
      throws ProfileRejectedException {
    accept(profile, Set.of(GROUPS));
    return overStream(profile, Suites::isCertificate12, Set.of());
  }

  /** The same with pre-shared keys. */
  public static Rules keysOverStream(ChannelProfile profile) throws ProfileRejectedException {
    accept(profile, Set.of(GROUPS, CONSTRAINED, KEYS_12));
    Set<String> keys12 = names(profile.settings().getOrDefault(KEYS_12, ""));
    if (profile.tls12() && keys12.isEmpty()) {
      // RFC 8446 section 4.2.11 and appendix E.7: a key serves one version.
      throw new ProfileRejectedException(
          "channel %s: min.version = 1.2 with pre-shared keys needs keys of its own; name them in %s"
              .formatted(profile.name(), KEYS_12));
    }
    if (!profile.tls12() && !keys12.isEmpty()) {
      throw new ProfileRejectedException(
          "channel %s: %s is set, but min.version is 1.3; leave one of them out"
              .formatted(profile.name(), KEYS_12));
    }
    return overStream(profile, keySuites(profile), keys12);
  }

  /**
   * Rules of a channel with certificates over datagrams: DTLS 1.2.
   *
   * @param settings that the provider knows beside these
   */
  public static Rules certificatesOverDatagrams(ChannelProfile profile, Set<String> settings)
      throws ProfileRejectedException {
    accept(profile, with(settings, GROUPS));
    return overDatagrams(profile, Suites::isCertificate12);
  }

  /** The same with pre-shared keys. */
  public static Rules keysOverDatagrams(ChannelProfile profile, Set<String> settings)
      throws ProfileRejectedException {
    accept(profile, with(settings, GROUPS, CONSTRAINED));
    return overDatagrams(profile, keySuites(profile));
  }

  private static Rules overStream(
      ChannelProfile profile, Predicate<Suites> suites12, Set<String> keys12)
      throws ProfileRejectedException {
    if (profile.tls12() && profile.pq() == PostQuantum.REQUIRE) {
      throw new ProfileRejectedException(
          "channel %s: pq = require needs TLS 1.3; set min.version = 1.3, or pq = prefer"
              .formatted(profile.name()));
    }
    Predicate<Suites> wanted = profile.tls12() ? suites12.or(Suites::isTls13) : Suites::isTls13;
    ProtocolVersion[] versions =
        profile.tls12()
            ? new ProtocolVersion[] {ProtocolVersion.TLSv13, ProtocolVersion.TLSv12}
            : ProtocolVersion.TLSv13.only();
    return new Rules(versions, suites(wanted), groups(profile, true), keys12);
  }

  private static Rules overDatagrams(ChannelProfile profile, Predicate<Suites> wanted)
      throws ProfileRejectedException {
    if (profile.pq() == PostQuantum.REQUIRE) {
      throw new ProfileRejectedException(
          "channel %s: pq = require needs TLS 1.3, and DTLS is 1.2; use provider tls-cert or tls-psk,"
                  .formatted(profile.name())
              + " or set pq = prefer");
    }
    return new Rules(
        ProtocolVersion.DTLSv12.only(), suites(wanted), groups(profile, false), Set.of());
  }

  private static Predicate<Suites> keySuites(ChannelProfile profile)
      throws ProfileRejectedException {
    String constrained = profile.settings().getOrDefault(CONSTRAINED, "false");
    if (!constrained.equals("true") && !constrained.equals("false")) {
      throw new ProfileRejectedException(
          "channel %s: %s = '%s'; accepted are true and false"
              .formatted(profile.name(), CONSTRAINED, constrained));
    }
    return constrained.equals("true")
        ? suite -> suite.isKey12() || suite.isConstrained()
        : Suites::isKey12;
  }

  private static void accept(ChannelProfile profile, Set<String> settings)
      throws ProfileRejectedException {
    for (String name : new TreeSet<>(profile.settings().keySet())) {
      if (!settings.contains(name)) {
        throw new ProfileRejectedException(
            "channel %s: '%s' is no setting of provider %s; accepted are %s"
                .formatted(
                    profile.name(),
                    name,
                    profile.provider(),
                    String.join(", ", new TreeSet<>(settings))));
      }
    }
    if (profile.handshakeTimeout().isNegative() || profile.handshakeTimeout().isZero()) {
      throw new ProfileRejectedException(
          "channel %s: the time for a handshake must be longer than 0".formatted(profile.name()));
    }
  }

  private static int[] suites(Predicate<Suites> wanted) {
    return Arrays.stream(Suites.values()).filter(wanted).mapToInt(Suites::number).toArray();
  }

  private static int[] groups(ChannelProfile profile, boolean tls13)
      throws ProfileRejectedException {
    String setting = profile.settings().get(GROUPS);
    List<String> words = setting == null ? USUAL_GROUPS : List.copyOf(names(setting));
    List<Integer> groups = new ArrayList<>();
    for (String word : words) {
      Integer group = KNOWN_GROUPS.get(word);
      if (group == null) {
        throw new ProfileRejectedException(
            "channel %s: '%s' in %s is no group; accepted are %s"
                .formatted(
                    profile.name(),
                    word,
                    GROUPS,
                    String.join(", ", new TreeSet<>(KNOWN_GROUPS.keySet()))));
      }
      if (isWanted(group, profile.pq(), tls13)) {
        groups.add(group);
      }
    }
    if (groups.isEmpty()) {
      throw new ProfileRejectedException(
          "channel %s: pq = %s leaves no group for the key exchange; change pq or %s"
              .formatted(profile.name(), profile.pq().name().toLowerCase(Locale.ROOT), GROUPS));
    }
    groups.sort((a, b) -> Boolean.compare(isHybrid(b), isHybrid(a)));
    return groups.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean isWanted(int group, PostQuantum pq, boolean tls13) {
    return switch (pq) {
      case PREFER -> tls13 || !isHybrid(group);
      case REQUIRE -> isHybrid(group);
      case OFF -> !isHybrid(group);
    };
  }

  private static Set<String> names(String list) {
    Set<String> names = new LinkedHashSet<>();
    for (String word : list.split("[,\\s]+")) {
      if (!word.isEmpty()) {
        names.add(word);
      }
    }
    return names;
  }

  private static Set<String> with(Set<String> settings, String... more) {
    Set<String> all = new TreeSet<>(settings);
    all.addAll(List.of(more));
    return all;
  }

  /** Whether the key exchange has a part that withstands quantum computers. */
  static boolean isHybrid(int group) {
    return NamedGroup.refersToASpecificHybrid(group);
  }

  ProtocolVersion[] versions() {
    return versions.clone();
  }

  /** Whether 1.3 may be negotiated. */
  boolean has13() {
    return ProtocolVersion.contains(versions, ProtocolVersion.TLSv13);
  }

  /** Whether 1.2 may be negotiated. */
  boolean has12() {
    return versions.length > 1 || !has13();
  }

  /** Whether it runs over a stream; else over datagrams. */
  boolean isStream() {
    return versions[0].isTLS();
  }

  int[] suites() {
    return suites.clone();
  }

  int[] groups() {
    return groups.clone();
  }

  /**
   * Groups for which a client sends its part at once: the first hybrid and the first classical one,
   * so that no peer needs another round.
   */
  int[] earlyGroups() {
    IntStream.Builder early = IntStream.builder();
    IntStream.of(groups).filter(Rules::isHybrid).findFirst().ifPresent(early::add);
    IntStream.of(groups).filter(group -> !isHybrid(group)).findFirst().ifPresent(early::add);
    return early.build().toArray();
  }

  /** Names of the pre-shared keys that are for version 1.2 only; DTLS has no such names. */
  Set<String> keys12() {
    return keys12;
  }

  static Vector<SignatureAndHashAlgorithm> signatures() {
    return algorithms(SIGNATURES);
  }

  static Vector<SignatureAndHashAlgorithm> issuersSignatures() {
    return algorithms(ISSUERS_SIGNATURES);
  }

  private static Vector<SignatureAndHashAlgorithm> algorithms(int[] schemes) {
    Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
    for (int scheme : schemes) {
      algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
    }
    return algorithms;
  }

  /** Whether this version is 1.3. */
  static boolean is13(ProtocolVersion version) {
    return TlsUtils.isTLSv13(version);
  }
}
