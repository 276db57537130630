// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.InterceptorControl;
import io.leasehold.server.InterceptorStatus;
import io.leasehold.server.protocol.HookBook;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;

/** Interceptors as a service. Any thread. */
record HookControl(HookBook book) implements InterceptorControl {
  @Override
  public List<InterceptorStatus> interceptors() {
    return book.inUse().stream()
        .map(hook -> hook.status(BundleNames.of(hook.interceptor())))
        .toList();
  }

  @Override
  public boolean enable(String name) {
    return book.enable(name);
  }

  /** Interceptors with their properties as they are asked: by ranking, then by name. */
  static List<PacketInterceptor> inOrder(
      List<Map.Entry<Map<String, Object>, PacketInterceptor>> injected) {
    record Ranked(PacketInterceptor interceptor, int ranking, String name) {}
    return injected.stream()
        .map(each -> new Ranked(each.getValue(), ranking(each.getKey()), name(each.getValue())))
        .sorted(Comparator.comparingInt(Ranked::ranking).reversed().thenComparing(Ranked::name))
        .map(Ranked::interceptor)
        .toList();
  }

  private static int ranking(Map<String, Object> properties) {
    return properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
  }

  /** A faulty bundle must not keep the others from being asked. */
  private static String name(PacketInterceptor interceptor) {
    try {
      return String.valueOf(interceptor.name());
    } catch (RuntimeException e) {
      return interceptor.getClass().getName();
    }
  }
}
