// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.ParameterRequest;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.hook.Moment;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Calls4;
import io.leasehold.server.protocol.ClassReasons;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.RelayRefusal;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests out of datagrams, or drops them and counts why. Has no state beside the plan; any
 * thread.
 */
public final class Dhcp4Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Dhcp4Intake.class);

  /** Codes of a request list that are looked at: more than there are options. */
  static final int MAX_REQUESTED = 255;

  private final LinkFinder links;
  private final ClientClasses classes;
  private final Reservations global;
  private final ClientRecognition recognition;
  private final ServerAddresses addresses;
  private final Compatibility compatibility;
  private final Interceptors<Dhcp4Message> interceptors;
  private final PacketGuard guard;
  private final Counters counters;

  /**
   * Takes in a plan.
   *
   * @param observers who is told of packets
   */
  public Dhcp4Intake(FamilyPlan plan, Observers observers) {
    this.links = new LinkFinder(plan);
    this.classes = plan.classes();
    this.global = plan.globalReservations();
    this.recognition = new ClientRecognition(plan.lookups(), plan.settings().flexId().orElse(null));
    this.addresses = new ServerAddresses(plan);
    this.compatibility = plan.settings().compatibility();
    this.interceptors = new Interceptors<>(observers, Calls4.INSTANCE);
    this.guard = MessageCounters.guard(observers);
    this.counters = observers.counters();
  }

  /** The request in a datagram; null if it was dropped, which is counted. Never throws. */
  public Dhcp4Request accept(Bytes datagram, Arrival arrival) {
    return guard.receive(datagram, arrival, () -> read(datagram, arrival));
  }

  private Dhcp4Request read(Bytes datagram, Arrival arrival) {
    Dhcp4Message received = Dhcp4Message.decode(datagram);
    guard.countMessage(received.type());
    if (arrival.explanation().isOn()) {
      arrival.explanation().message(Telling.message(received, arrival));
    }
    Dhcp4Message message = interceptors.show(Moment.RECEIVED, received, arrival, List.of());
    if (message == null) {
      return guard.drop(Drop.INTERCEPTOR, received, arrival);
    }
    if (message.op() != Dhcp4Message.BOOT_REQUEST) {
      return guard.drop(Drop.MESSAGE_TYPE, message, arrival);
    }
    return switch (message.type()) {
      case Dhcp4MessageType.DISCOVER,
          Dhcp4MessageType.REQUEST,
          Dhcp4MessageType.DECLINE,
          Dhcp4MessageType.RELEASE,
          Dhcp4MessageType.INFORM,
          Dhcp4MessageType.BOOTP ->
          classified(message, arrival);
      default -> guard.drop(Drop.MESSAGE_TYPE, message, arrival);
    };
  }

  private Dhcp4Request classified(Dhcp4Message message, Arrival arrival) {
    ClassSet members = classes.nobody();
    PacketFacts4 facts = new PacketFacts4(message, arrival, members);
    if (!classes.isEmpty()) {
      classes.receive(members, facts, vendorName(message), message.isBootp());
      Client client =
          classes.isLookedUpFirst() ? recognition.recognise(facts, relay(message), true) : null;
      List<Integer> reserved =
          client == null
              ? List.of()
              : classes.lookUpFirst(members, facts, global, client.identifiers());
      ClassReasons.tell(arrival.explanation(), classes, members, 0, reserved);
      if (members.hasFailed()) {
        counters.count(MessageCounters.EXPRESSION_FAILED);
      }
      if (classes.drops(members)) {
        return guard.drop(Drop.CLASS, message, arrival);
      }
    }
    return request(facts, members);
  }

  /** What a client calls its vendor (RFC 2132 section 9.13), without zeros at the end. */
  private static Bytes vendorName(Dhcp4Message message) {
    Bytes name = message.options().rawOrEmpty(Dhcp4OptionCode.VENDOR_CLASS);
    int length = name.length();
    while (length > 0 && name.at(length - 1) == 0) {
      length--;
    }
    return name.slice(0, length);
  }

  private Dhcp4Request request(PacketFacts4 facts, ClassSet members) {
    Dhcp4Message message = facts.message();
    Arrival arrival = facts.arrival();
    RelayAgentInfo relay = relay(message);
    Place place = links.find(message, relay, arrival, members);
    RelayRefusal refusal = refusal(message, relay, place, arrival);
    if (refusal != null) {
      return guard.drop(refusal.of(Family.IPV4), message, arrival);
    }
    if (message.isBootp() && (place == null || !place.subnet().dhcp4().bootp())) {
      return guard.drop(Drop.BOOTP, message, arrival);
    }
    if (message.isBootp() && isForOther(message.serverName(), place)) {
      return guard.drop(Drop.OTHER_SERVER, message, arrival);
    }
    boolean byClientId = place == null || place.subnet().dhcp4().matchClientId();
    Client client = recognition.recognise(facts, relay, byClientId);
    if (client == null) {
      return guard.drop(Drop.NO_CLIENT_ID, message, arrival);
    }
    if (arrival.explanation().isOn()) {
      Telling.client(arrival.explanation(), client);
    }
    Ipv4 named = message.options().first(Dhcp4Options.SERVER_ID).orElse(null);
    if (named != null
        && !compatibility.ignoreServerIdentifier()
        && !addresses.isOurs(named, relay, place, arrival)) {
      return guard.drop(Drop.OTHER_SERVER, message, arrival);
    }
    Ipv4 serverId = addresses.identifier(relay, place, arrival);
    if (serverId == null) {
      return guard.drop(Drop.NO_SERVER_ADDRESS, message, arrival);
    }
    Ipv4 wanted = message.options().first(Dhcp4Options.REQUESTED_ADDRESS).orElse(Ipv4.UNSPECIFIED);
    return new Dhcp4Request(
        arrival, message, relay, client, place, wanted, requested(message), serverId, members);
  }

  private static RelayRefusal refusal(
      Dhcp4Message message, RelayAgentInfo relay, Place placeOrNull, Arrival arrival) {
    return message.isRelayed()
        ? arrival.right().refusal(arrival, LinkFinder.linkAddress(message, relay), placeOrNull)
        : null;
  }

  /** RFC 951 section 7.3: a client may say in sname by which server it wants to be answered. */
  private static boolean isForOther(Bytes serverName, Place place) {
    Optional<String> own = place.subnet().dhcp4().boot().serverHostname();
    return !serverName.isEmpty()
        && own.isPresent()
        && !own.get().equalsIgnoreCase(serverName.toUtf8());
  }

  /** RFC 3046 section 2.2: what a server cannot read in the option it only sends back. */
  private RelayAgentInfo relay(Dhcp4Message message) {
    try {
      RelayAgentInfo all =
          message.options().first(Dhcp4Options.RELAY_AGENT_INFO).orElse(RelayAgentInfo.EMPTY);
      return compatibility.ignoreLinkSelection() ? withoutSelection(all) : all;
    } catch (MalformedPacketException e) {
      LOG.debug("cannot read what a relay agent says: {}", e.getMessage());
      return RelayAgentInfo.EMPTY;
    }
  }

  private static RelayAgentInfo withoutSelection(RelayAgentInfo all) {
    Options.Builder rest = Options.builder();
    for (Option option : all.subOptions()) {
      if (option.code() != RelayAgentOptions.LINK_SELECTION.code()) {
        rest.add(option);
      }
    }
    return new RelayAgentInfo(rest.build());
  }

  private static ParameterRequest requested(Dhcp4Message message) {
    ParameterRequest all =
        message.options().first(Dhcp4Options.PARAMETER_REQUEST).orElse(ParameterRequest.EMPTY);
    return all.size() <= MAX_REQUESTED
        ? all
        : new ParameterRequest(all.codes().slice(0, MAX_REQUESTED));
  }
}
