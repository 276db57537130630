// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

/** What is counted about other registrars. */
enum EnrpCount {
  /** Connections of registrars that nothing protects, or that nobody has proved to be. */
  ENRP_REFUSED_INSECURE,
  /** Connections of peers that are no registrars. */
  ENRP_REFUSED_ROLE,
  /** A server identifier that belongs to somebody else. */
  ENRP_REFUSED_IDENTITY,
  /** Connections and registrars beyond a limit. */
  ENRP_REFUSED_LIMIT,
  /** Messages with wrong lengths. */
  ENRP_MALFORMED,
  /** Messages of unknown types. */
  ENRP_UNKNOWN_MESSAGE,
  /** Messages with unknown parameters that must not be skipped. */
  ENRP_UNKNOWN_PARAMETER,
  /** Messages, pool elements and actions with values that must not be. */
  ENRP_INVALID_VALUES,
  /** Messages for another registrar, or from another one than who sends them. */
  ENRP_MISDIRECTED,
  /** Answers that nobody has asked for. */
  ENRP_UNEXPECTED,
  /** ENRP_ERROR received. */
  ENRP_ERRORS_RECEIVED,
  /** Messages that could not be sent. */
  ENRP_SEND_FAILURES,
  /** Updates and accounts of pool elements that the sender does not own (RFC 5355 2.17). */
  ENRP_FOREIGN_UPDATES,
  /** Pool elements of others for which there is no room. */
  ENRP_NO_ROOM,
  /** ADD_PE and DEL_PE that were sent, one for each change. */
  ENRP_UPDATES_SENT,
  /** ADD_PE and DEL_PE that had an effect. */
  ENRP_UPDATES_APPLIED,
  /** Downloads that others have begun here. */
  ENRP_DOWNLOADS_SERVED,
  /** Requests for a list or a download that were rejected. */
  ENRP_REQUESTS_REJECTED,
  /** Downloads that nobody went on with. */
  ENRP_DOWNLOADS_ABANDONED,
  /** Accounts of other registrars that were read again because checksums differed. */
  ENRP_RESYNCS,
  /** Such readings that did not come to their end. */
  ENRP_RESYNCS_FAILED,
  /** Registrars taken over. */
  ENRP_TAKEOVERS,
  /** Takeovers that ended because the registrar was there, or somebody else does it. */
  ENRP_TAKEOVERS_STOPPED,
  /** Takeovers that were told of a registrar that is there. */
  ENRP_TAKEOVERS_REFUSED
}
