// SPDX-License-Identifier: Apache-2.0
/** Looks for mistakes in the configuration of the platform's components. */
package io.leasehold.server.osgi.config;
