// SPDX-License-Identifier: Apache-2.0
/** A registrar as a whole: both of its sides, and what operators see of it. Without sockets. */
package io.leasehold.registrar;
