// SPDX-License-Identifier: Apache-2.0
/** Channels by profile: chooses providers, swaps them, and ends what must not live on. */
package io.leasehold.security.core.channel;
