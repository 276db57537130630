// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramBinding;
import io.leasehold.transport.datagram.DatagramSockets;
import io.leasehold.transport.datagram.DatagramTransport;
import io.leasehold.transport.datagram.InterfaceWatch;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sockets of a binding and the threads that receive from them and send. */
final class EpollMachinery implements DatagramBinding.Machinery {
  private final EpollCounters counters = new EpollCounters();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private final MultiThreadIoEventLoopGroup group;
  private final Frames frames;
  private final EpollSockets sockets;

  EpollMachinery(BindSpec spec, Inbound inbound, EpollSettings settings) {
    int count = settings.threadsFor(Runtime.getRuntime().availableProcessors());
    this.group =
        new MultiThreadIoEventLoopGroup(count, this::receiving, EpollIoHandler.newFactory());
    group.forEach(each -> loops.add(new Loop((EventLoop) each)));
    this.frames = new Frames(counters, settings.frames());
    this.sockets =
        new EpollSockets(new BindingContext(spec, settings, counters, frames, inbound), loops);
  }

  private Thread receiving(Runnable work) {
    Thread thread =
        new FastThreadLocalThread(work, DatagramTransport.threadName("epoll", "receive"));
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  @Override
  public DatagramSockets sockets() {
    return sockets;
  }

  @Override
  public void start() {
    // A thread starts with its first socket.
  }

  @Override
  public void stop() {
    // The threads close their sockets.
  }

  @Override
  public void release() {
    frames.close();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    threads.forEach(InterfaceWatch::await);
    loops.forEach(Loop::release);
  }
}
