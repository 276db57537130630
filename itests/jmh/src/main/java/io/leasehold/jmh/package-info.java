// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of single parts, each alone: codec, lease table, plan, lane and journal. What a whole
 * server does is measured by the lab.
 */
package io.leasehold.jmh;
