// SPDX-License-Identifier: Apache-2.0
/**
 * How the cores of registrar, pool element and pool user meet connections and time: what happens is
 * told to them, what they want they ask for. All of it on one thread for each core.
 */
package io.leasehold.rserpool.session;
