// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.intake.Client;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;

/** Requests that nobody is going to answer. */
final class SomeJobs {
  private record Way(String interfaceName, Ipv6 local, Ipv6 remote, int remotePort)
      implements Path {
    @Override
    public List<Ipv6> interfaceAddresses() {
      return List.of();
    }

    @Override
    public boolean send(Bytes message, Destination to) {
      throw new AssertionError("nobody answers");
    }
  }

  private SomeJobs() {}

  /** The first message of a type of a client. */
  static Job<?> of(int type, int client) {
    return of(type, client, 0);
  }

  /** The same after the client has been trying for a while. */
  static Job<?> of(int type, int client, int elapsed) {
    Options options =
        Options.builder()
            .add(Dhcp6OptionCode.ELAPSED_TIME, Bytes.of(elapsed >> 8, elapsed & 255))
            .add(Dhcp6OptionCode.CLIENT_ID, Bytes.of(0, 2, 0, 0, client >> 8, client & 255))
            .build();
    ClientServerMessage message = new ClientServerMessage(type, client, options);
    Path path = way("fe80::1", "eth0");
    return new Job<>(null, null, request(message, path), path, message.encode());
  }

  /** The same message from elsewhere. */
  static Job<?> from(Job<?> job, String remote, String interfaceName) {
    Path path = way(remote, interfaceName);
    Dhcp6Request request = request((ClientServerMessage) job.request().message(), path);
    return new Job<>(null, null, request, path, job.datagram());
  }

  /** Another message in the same way. */
  static Job<?> with(Job<?> job, Bytes datagram) {
    ClientServerMessage message = ClientServerMessage.decode(datagram);
    return new Job<>(null, null, request(message, job.path()), job.path(), datagram);
  }

  private static Path way(String remote, String interfaceName) {
    return new Way(interfaceName, Ipv6.ofText("ff02::1:2"), Ipv6.ofText(remote), 546);
  }

  private static Dhcp6Request request(ClientServerMessage message, Path path) {
    return new Dhcp6Request(
        new Arrival(path.interfaceName(), path.local(), path.remote(), path.remotePort()),
        List.of(),
        message,
        new Client(null, ClientIdentity.NONE, null, List.of()),
        null,
        List.of(),
        OptionRequest.EMPTY,
        List.of(),
        message.encodedLength(),
        ClassSet.NONE);
  }
}
