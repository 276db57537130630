// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Inbound;

/** What the parts of a binding have in common. */
record BindingContext(
    BindSpec spec,
    EpollSettings settings,
    EpollCounters counters,
    Frames frames,
    Inbound inbound) {}
