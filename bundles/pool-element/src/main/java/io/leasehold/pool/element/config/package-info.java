// SPDX-License-Identifier: Apache-2.0
/** The file of a pool element: read as a whole, with everything that is wrong with it. */
package io.leasehold.pool.element.config;
