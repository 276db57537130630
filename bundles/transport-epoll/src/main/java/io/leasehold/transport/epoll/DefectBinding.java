// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.util.List;
import java.util.Map;

/**
 * The binding of a transport that cannot work here: it says so, and nothing else takes its place.
 */
record DefectBinding(BindSpec spec, String defect) implements Binding {
  @Override
  public List<EndpointStatus> endpoints() {
    return spec.interfaces().stream()
        .map(
            name ->
                new EndpointStatus(
                    spec.family(), name, "*", spec.port(), EndpointStatus.State.ABSENT, defect))
        .toList();
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
