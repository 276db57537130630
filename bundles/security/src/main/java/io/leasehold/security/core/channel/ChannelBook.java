// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.Channel;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.security.CloseReason;
import io.leasehold.security.core.listen.Listeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All channels: profiles and providers come and go, and each channel is made by the best provider
 * that its profile names, or not at all. Any thread; providers are asked under the lock of this,
 * users are told without it.
 */
public final class ChannelBook implements Channels {
  static final String MISSING = "provider-missing";

  /** The provider that protects nothing; only it is told of what is acknowledged. */
  private static final String UNPROTECTED = "none";

  /** Ends channels of those that are trusted no more well within ten seconds. */
  private static final Duration REVOCATION = Duration.ofSeconds(8);

  private static final Map<String, String> FEATURES =
      Map.of(
          "tls-cert",
          "leasehold-security-tls",
          "tls-psk",
          "leasehold-security-tls",
          "dtls-cert",
          "leasehold-security-dtls",
          "dtls-psk",
          "leasehold-security-dtls",
          "ipsec",
          "leasehold-security-ipsec",
          UNPROTECTED,
          "leasehold-security-none");

  private final Services services;

  /** All that follows is read and changed under the lock of this. */
  private final Map<String, Held> channels = new TreeMap<>();

  private final Map<String, ChannelSpec> specs = new TreeMap<>();
  private final List<ProviderOffer> offers = new ArrayList<>();
  private Map<String, String> acknowledged = Map.of();
  private boolean closed;

  private record Held(Swapping swapping, Reliance reliance) {
    HeldChannel channel() {
      return swapping.channel();
    }
  }

  /** Channels without profiles and providers. */
  public ChannelBook(Services services) {
    this.services = services;
  }

  private void change(Consumer<List<Runnable>> change) {
    List<Runnable> tell = new ArrayList<>();
    synchronized (this) {
      if (!closed) {
        change.accept(tell);
      }
    }
    tell.forEach(Runnable::run);
  }

  /** Takes a profile from the configuration, or another version of it. */
  public void put(ChannelSpec spec) {
    change(
        tell -> {
          specs.put(spec.profile().name(), spec);
          settle(held(spec.profile().name()), tell);
        });
  }

  /** Forgets a profile. */
  public void remove(String name) {
    change(
        tell -> {
          specs.remove(name);
          settle(held(name), tell);
        });
  }

  /** A provider has come. */
  public void offer(ProviderOffer offer) {
    change(
        tell -> {
          offers.add(offer);
          offers.sort(null);
          settleAll(tell);
        });
  }

  /**
   * A provider goes: when this returns, nothing of it is in use and all its factories are closed.
   */
  public void withdraw(ChannelSecurityProvider provider) {
    change(
        tell -> {
          offers.removeIf(each -> each.provider() == provider);
          channels.values().forEach(held -> held.swapping.withdraw(provider, tell));
          settleAll(tell);
        });
  }

  /** A provider has another ranking. */
  public void rank(ProviderOffer now) {
    change(
        tell -> {
          offers.replaceAll(each -> each.provider() == now.provider() ? now : each);
          offers.sort(null);
          settleAll(tell);
        });
  }

  /** Takes what holds for channels that protect nothing. */
  public void acknowledge(Map<String, String> settings) {
    change(
        tell -> {
          acknowledged = Map.copyOf(settings);
          settleAll(tell);
        });
  }

  private void settleAll(List<Runnable> tell) {
    channels.values().forEach(held -> settle(held, tell));
  }

  private void settle(Held held, List<Runnable> tell) {
    String name = held.channel().name();
    ChannelSpec spec = specs.get(name);
    if (spec == null) {
      held.swapping.settle(null, Optional.empty(), HeldChannel.noProfile(name), tell);
    } else {
      String provider = spec.profile().provider();
      ChannelSpec whole = provider.equals(UNPROTECTED) ? spec.with(acknowledged) : spec;
      held.swapping.settle(whole, best(spec), missing(spec), tell);
    }
    held.reliance.look(spec, services.credentials());
  }

  private Optional<ProviderOffer> best(ChannelSpec spec) {
    return offers.stream()
        .filter(offer -> offer.provider().name().equals(spec.profile().provider()))
        .filter(offer -> spec.version().isEmpty() || spec.version().equals(offer.version()))
        .findFirst();
  }

  private String missing(ChannelSpec spec) {
    String provider = spec.profile().provider();
    List<String> others =
        offers.stream()
            .filter(offer -> offer.provider().name().equals(provider))
            .map(ProviderOffer::version)
            .toList();
    if (!others.isEmpty()) {
      return "%s: the profile wants version %s of %s, there is %s"
          .formatted(MISSING, spec.version(), provider, String.join(", ", others));
    }
    String feature = FEATURES.get(provider);
    return feature == null
        ? "%s: nothing provides %s".formatted(MISSING, provider)
        : "%s: nothing provides %s; install the feature %s".formatted(MISSING, provider, feature);
  }

  /** Credentials have changed: channels that rest on others than before are made anew. */
  public void credentialsChanged() {
    change(
        tell ->
            channels
                .values()
                .forEach(
                    held -> {
                      HeldChannel channel = held.channel();
                      switch (held.reliance.look(channel.spec(), services.credentials())) {
                        case NOTHING -> {}
                        case OTHERS ->
                            held.swapping.renew(channel.spec().drain(), CloseReason.DRAINED, tell);
                        case FEWER -> held.swapping.renew(REVOCATION, CloseReason.REVOKED, tell);
                      }
                      endLost(channel, tell);
                      held.swapping.retry(tell);
                      held.swapping.look(tell);
                    }));
  }

  /** Peers have changed: channels of those that lost their rights end at once. */
  public void peersChanged() {
    change(
        tell ->
            channels
                .values()
                .forEach(
                    held -> {
                      endLost(held.channel(), tell);
                      held.swapping.retry(tell);
                      held.swapping.look(tell);
                    }));
  }

  private void endLost(HeldChannel channel, List<Runnable> tell) {
    for (GuardedEngine engine : channel.engines().living()) {
      if (Reliance.lost(engine, services.peers(), services.credentials())) {
        services
            .audit()
            .event(
                "peer-ended",
                engine.ground().peer().id(),
                "channel " + channel.name() + ": the peer or its credential was removed");
        tell.add(() -> engine.order(CloseReason.REVOKED));
      }
    }
  }

  /** Looks at deadlines and health; called every second or so. */
  public void tick() {
    change(tell -> channels.values().forEach(held -> held.swapping.tick(tell)));
  }

  private Held held(String name) {
    return channels.computeIfAbsent(
        name,
        any -> new Held(new Swapping(new HeldChannel(name, services), services), new Reliance()));
  }

  @Override
  public synchronized Channel channel(String profile) {
    return held(Objects.requireNonNull(profile)).channel();
  }

  @Override
  public synchronized List<ChannelStatus> status() {
    return channels.values().stream().map(held -> held.channel().status()).toList();
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    return status().stream()
        .filter(status -> !status.health().reason().isEmpty())
        .map(status -> "channel " + status.name() + ": " + status.health().reason())
        .toList();
  }

  /** Factories that are open and listeners that are registered. */
  synchronized List<Integer> held() {
    return List.of(
        channels.values().stream().mapToInt(each -> each.swapping.open()).sum(),
        channels.values().stream().mapToInt(each -> each.channel().listeners()).sum());
  }

  /** Ends everything. */
  public void close() {
    List<Runnable> tell = new ArrayList<>();
    synchronized (this) {
      closed = true;
      channels.values().forEach(held -> held.swapping.close(tell));
    }
    tell.forEach(Listeners::guarded);
  }
}
