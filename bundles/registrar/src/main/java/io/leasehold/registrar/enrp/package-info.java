// SPDX-License-Identifier: Apache-2.0
/**
 * A registrar among registrars (RFC 5353): who they are, what each of them owns, and who takes that
 * over when one is gone.
 */
package io.leasehold.registrar.enrp;
