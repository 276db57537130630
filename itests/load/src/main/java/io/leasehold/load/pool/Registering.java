// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import com.google.gson.JsonObject;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Pool elements that register all at once: each of the crowd is in as many pools as are asked for,
 * as a group of its own, and answers keep-alives from then on. Another registrar is asked until it
 * knows them all.
 */
final class Registering {
  private static final int LIFE_SECONDS = 3600;
  private static final int PORT = 547;
  private static final long ASK_NANOS = 20_000_000;
  private static final double MILLION = 1e6;

  private final Crowd crowd;
  private final Crowd.Place place;
  private final int members;
  private Link watch;
  private int pools;
  private int accepted;
  private int refused;
  private int gone;
  private int seen;
  private boolean asking;
  private long asked;

  Registering(Crowd crowd, Crowd.Place place) {
    this.crowd = crowd;
    this.place = place;
    members = crowd.links.size();
  }

  /** Another registrar, which somebody with that number asks. */
  void watch(InetSocketAddress other, int number) throws IOException {
    watch = crowd.add(number, other);
  }

  /** The pool of that number. */
  static PoolHandle pool(int number) {
    return PoolHandle.of("dhcp6-bench-" + number);
  }

  /**
   * Joins pools until each is in so many; returns when all that was asked is answered, and all that
   * was accepted is known to the other registrar.
   */
  JsonObject join(int wanted, long patienceMillis) throws IOException {
    long begun = System.nanoTime();
    long end = begun + patienceMillis * (long) MILLION;
    int before = accepted;
    int due = accepted + refused + (wanted - pools) * members;
    for (int i = 0; i < members; i++) {
      Link link = crowd.links.get(i);
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      for (int j = pools; j < wanted; j++) {
        messages.writeBytes(new Registration(pool(j), element(link.number)).encode().toArray());
      }
      link.send(Bytes.wrap(messages.toByteArray()));
    }
    pools = wanted;
    while (accepted + refused < due && System.nanoTime() < end) {
      crowd.listen(1, this::heard);
    }
    JsonObject object = new JsonObject();
    object.addProperty("elements", accepted);
    object.addProperty("added", accepted - before);
    object.addProperty("refused", refused);
    object.addProperty("unanswered", due - accepted - refused);
    object.addProperty("millis", (System.nanoTime() - begun) / MILLION);
    if (watch != null && refused == 0) {
      while (seen < pools && System.nanoTime() < end) {
        ask();
        crowd.listen(1, this::heard);
      }
      object.addProperty("complete", seen == pools);
      object.addProperty("otherMillis", (System.nanoTime() - begun) / MILLION);
    }
    return object;
  }

  private PoolElement element(int number) {
    return new PoolElement(
        number + 1L,
        0,
        LIFE_SECONDS,
        PortTransport.udp(place.address(number), PORT),
        HashValues.weighted(number + 1L, 100, 200).toPolicy(),
        Optional.empty());
  }

  /** Pools that are whole are not asked for again. */
  private void ask() throws IOException {
    if (!asking && System.nanoTime() - asked >= ASK_NANOS) {
      asking = true;
      asked = System.nanoTime();
      watch.send(new HandleResolution(false, pool(seen), OptionalLong.empty()).encode());
    }
  }

  /** Answers keep-alives until it is told to stop, by another thread. */
  void live() throws IOException {
    crowd.listen(0, this::heard);
  }

  /** How many pool elements the registrar has removed by itself. */
  int gone() {
    return gone;
  }

  private void heard(Link link, Bytes octets) throws IOException {
    if (!(AsapMessage.decode(octets) instanceof Decoded.Accepted<AsapMessage> decoded)) {
      throw new IOException("the registrar says what is no message: " + octets);
    }
    AsapMessage message = decoded.message();
    if (message instanceof RegistrationResponse response) {
      accepted += response.rejected() ? 0 : 1;
      refused += response.rejected() ? 1 : 0;
    } else if (message instanceof EndpointKeepAlive question) {
      long identifier = question.element().orElse(link.number + 1L);
      link.send(new EndpointKeepAliveAck(question.handle(), identifier).encode());
    } else if (message instanceof HandleResolutionResponse response) {
      asking = false;
      if (response.elements().size() == members) {
        seen++;
        asked = 0;
      }
    } else {
      gone++;
    }
  }
}
