// SPDX-License-Identifier: Apache-2.0
/**
 * Memory outside the heap, for what would cost the garbage collector too much: pages, records of
 * one size in them, and hash buckets that grow step by step. Any part may use it; nothing here
 * knows of leases.
 */
package io.leasehold.server.memory;
