// SPDX-License-Identifier: Apache-2.0
/** Components of the IPsec provider. */
package io.leasehold.security.ipsec.osgi;
