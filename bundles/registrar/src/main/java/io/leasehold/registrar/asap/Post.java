// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Bytes;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.List;

/** Sends messages. Of the thread of the registrar. */
final class Post {
  private final Sessions sessions;
  private final Notebook notebook;

  Post(Sessions sessions, Notebook notebook) {
    this.sessions = sessions;
    this.notebook = notebook;
  }

  /** Sends; what cannot be sent is counted. */
  boolean send(Visitor to, AsapMessage message) {
    return send(to, message.encode());
  }

  /** Sends the octets of a message. */
  boolean send(Visitor to, Bytes message) {
    boolean isSent = sessions.send(to.session(), message);
    if (!isSent) {
      notebook.count(AsapCount.NOT_SENT);
    }
    return isSent;
  }

  /** Tells of what was not understood, as long as there is not too much of it. */
  void sendErrors(Visitor to, List<ErrorCause> causes, long now) {
    if (!causes.isEmpty() && to.errors().take(now)) {
      notebook.count(AsapCount.ERRORS_SENT);
      send(to, new AsapError(new OperationError(causes)));
    }
  }
}
