// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of single parts, each alone: codec, lease table, plan, lane, journal and protected
 * channels. What a whole server does is measured by the lab.
 */
package io.leasehold.jmh;
