// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.SelectedLease;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.Iterator;
import java.util.List;

/** Asks interceptors about what clients are about to get. Any thread. */
record Selection(Interceptors<ClientServerMessage> interceptors) {

  /** The answers without what is refused; what the client has of that it is to stop using. */
  List<AssociationAnswer> among(Exchange exchange, List<AssociationAnswer> answers) {
    if (interceptors.areThere()) {
      answers.forEach(answer -> look(exchange.request(), answer));
    }
    return answers;
  }

  private void look(Dhcp6Request request, AssociationAnswer answer) {
    boolean refused = false;
    for (Iterator<Grant> each = answer.grants().iterator(); each.hasNext(); ) {
      Grant grant = each.next();
      if (!isGranted(request, answer, grant)) {
        refused = true;
        each.remove();
        if (grant.previousOrNull() != null) {
          answer.invalidate(grant.key().asPrefix());
        }
      }
    }
    if (refused && answer.grants().isEmpty()) {
      answer.status(Statuses.nothingFor(answer.association()));
    }
  }

  private boolean isGranted(Dhcp6Request request, AssociationAnswer answer, Grant grant) {
    SelectedLease lease =
        new SelectedLease(
            grant.key(),
            grant.choice().subnet().id(),
            request.client().identity(),
            answer.association().iaid(),
            grant.validSeconds(),
            grant.previousOrNull() != null);
    return interceptors.grants(lease, request.message(), request.arrival(), request.relays());
  }
}
