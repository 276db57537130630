// SPDX-License-Identifier: Apache-2.0

/** The shipped assembly in a container of its own: what only shows when bundles come and go. */
package io.leasehold.itests;
