// SPDX-License-Identifier: Apache-2.0

/** A third party's bundle with an option of its own, deployed by a test. */
package io.leasehold.itests.weather;
