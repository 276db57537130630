// SPDX-License-Identifier: Apache-2.0
/**
 * A crowd of pool users and pool elements that a registrar is measured with: many connections, each
 * from an address of its own, over TLS each with a certificate of its own.
 */
package io.leasehold.load.pool;
