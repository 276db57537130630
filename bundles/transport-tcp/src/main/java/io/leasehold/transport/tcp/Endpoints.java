// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.ListenSpec;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.connection.Place;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The sockets that a listener accepts on; follows the addresses of the host. */
final class Endpoints {
  /** A place with its socket, or why there is none. */
  private record Endpoint(Channel channel, String reason) {}

  private final ListenSpec spec;
  private final HopCounters counters;
  private final ServerBootstrap bootstrap;
  private final Map<Place, Endpoint> endpoints = new ConcurrentHashMap<>();
  private volatile Set<Place> wanted = Set.of();
  private boolean closed;

  Endpoints(ListenSpec spec, HopCounters counters, Loops loops, Consumer<SocketChannel> accepted) {
    this.spec = spec;
    this.counters = counters;
    this.bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accepted.accept(channel);
                  }
                });
    SocketOptions.connections().forEach((option, value) -> child(option, value));
  }

  @SuppressWarnings("unchecked")
  private <T> void child(ChannelOption<T> option, Object value) {
    bootstrap.childOption(option, (T) value);
  }

  /** Opens what should be open and is not, and closes what should not be. Waits for neither. */
  synchronized void scan() {
    if (closed) {
      return;
    }
    wanted = Place.of(spec.places());
    for (Map.Entry<Place, Endpoint> each : endpoints.entrySet()) {
      if (!wanted.contains(each.getKey())) {
        endpoints.remove(each.getKey());
        shut(each.getValue());
      }
    }
    for (Place place : wanted) {
      Endpoint there = endpoints.get(place);
      if (place.absence().isEmpty() && (there == null || there.channel() == null)) {
        open(place);
      }
    }
  }

  private void open(Place place) {
    InetSocketAddress address =
        place
            .bound()
            .map(each -> new InetSocketAddress(each, spec.port()))
            .orElseGet(() -> new InetSocketAddress(spec.port()));
    ChannelFuture opening = bootstrap.bind(address);
    endpoints.put(place, new Endpoint(opening.channel(), "is being opened"));
    opening.addListener(done -> opened(place, opening));
  }

  private synchronized void opened(Place place, ChannelFuture opening) {
    if (!opening.isSuccess()) {
      counters.count(HopCounters.OPEN_FAILED);
      endpoints.replace(place, new Endpoint(null, String.valueOf(opening.cause().getMessage())));
    } else if (closed || !endpoints.containsKey(place)) {
      opening.channel().close();
    } else {
      endpoints.put(place, new Endpoint(opening.channel(), ""));
    }
  }

  private static void shut(Endpoint endpoint) {
    if (endpoint.channel() != null) {
      endpoint.channel().close();
    }
  }

  /** Closes all sockets, and has closed them when it returns, unless a loop calls it. */
  synchronized List<ChannelFuture> close() {
    closed = true;
    List<ChannelFuture> closing = new ArrayList<>();
    for (Endpoint each : endpoints.values()) {
      if (each.channel() != null) {
        closing.add(each.channel().close());
      }
    }
    endpoints.clear();
    return closing;
  }

  /**
   * Every place and how it is.
   *
   * @param complaint what is wrong with all that listen
   */
  List<EndpointStatus> status(String complaint) {
    List<EndpointStatus> all = new ArrayList<>();
    for (Place place : wanted) {
      Endpoint endpoint = endpoints.get(place);
      if (!place.absence().isEmpty()) {
        all.add(status(place, EndpointStatus.State.ABSENT, place.absence()));
      } else if (endpoint == null || !endpoint.reason().isEmpty()) {
        String reason = endpoint == null ? "is being opened" : endpoint.reason();
        all.add(status(place, EndpointStatus.State.RETRYING, reason));
      } else {
        all.add(status(place, EndpointStatus.State.LISTENING, complaint));
      }
    }
    return all;
  }

  private EndpointStatus status(Place place, EndpointStatus.State state, String reason) {
    return new EndpointStatus(
        spec.application().family(),
        place.interfaceName(),
        place.address(),
        spec.port(),
        state,
        reason);
  }
}
