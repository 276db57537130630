// SPDX-License-Identifier: Apache-2.0
/**
 * Where the two sides of a registrar meet: that of pool elements and pool users (ASAP) and that of
 * other registrars (ENRP). Both work on one handlespace, on one thread.
 */
package io.leasehold.registrar.core;
