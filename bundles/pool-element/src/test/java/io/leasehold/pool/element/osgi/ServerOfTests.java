// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.net.Family;
import io.leasehold.server.ServerStatus;
import io.leasehold.server.SubnetUse;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** A server that is as a test says. Any thread. */
final class ServerOfTests implements ServerWatch.Services {
  volatile boolean isThere = true;
  volatile boolean isBroken;
  volatile List<String> obstacles = List.of();
  volatile String state = "NORMAL";
  volatile GovernorView.Service service = GovernorView.Service.ALL;
  volatile boolean hasFailover;
  volatile String relationship = "pair-1";
  volatile String governor = "pair-1";
  volatile boolean isCounting = true;
  volatile long used;

  @Override
  public ServerStatus server() {
    return isThere
        ? of(
            ServerStatus.class,
            method -> {
              if (isBroken) {
                throw new IllegalStateException("the service is gone");
              }
              return switch (method) {
                case "obstacles" -> obstacles;
                case "servesSome" -> false;
                default -> uses();
              };
            })
        : null;
  }

  private List<SubnetUse> uses() {
    if (!isCounting) {
      throw new IllegalStateException("no lane answers");
    }
    return List.of(use());
  }

  private SubnetUse use() {
    BigInteger all = BigInteger.valueOf(100);
    return new SubnetUse(Family.IPV6, 1, "2001:db8::/64", "", all, used, 0, BigInteger.ZERO, 0);
  }

  @Override
  public List<FailoverStatus> failovers() {
    return hasFailover
        ? List.of(
            of(
                FailoverStatus.class,
                method ->
                    switch (method) {
                      case "name" -> relationship;
                      case "isPrimary" -> true;
                      default -> new FailoverStatus.Standing(state, Instant.EPOCH, "");
                    }))
        : List.of();
  }

  @Override
  public List<LeaseGovernor> governors() {
    return hasFailover
        ? List.of(
            of(
                LeaseGovernor.class,
                method ->
                    method.equals("name") ? governor : of(GovernorView.class, anything -> service)))
        : List.of();
  }

  private interface Answers {
    Object to(String method);
  }

  /** Services have many methods, and few of them are asked here. */
  private static <T> T of(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.to(method.getName())));
  }
}
