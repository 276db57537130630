// SPDX-License-Identifier: Apache-2.0

/** Publishes the provider of routes as a service. */
package io.leasehold.route.linux.osgi;
