// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Duid;
import java.util.List;
import java.util.Map;

/**
 * What a client wants from servers.
 *
 * @param type message type
 * @param transactionId number of the exchange
 * @param serverOrNull the server it is for, if for one
 * @param rapidCommit whether a Reply to a Solicit is welcome
 * @param associations what is asked for or about
 */
record Question(
    int type,
    int transactionId,
    Duid serverOrNull,
    boolean rapidCommit,
    Map<Association, List<LeaseKey>> associations) {}
