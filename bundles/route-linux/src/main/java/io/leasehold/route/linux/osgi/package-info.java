// SPDX-License-Identifier: Apache-2.0
/** Components of the provider of routes. */
package io.leasehold.route.linux.osgi;
