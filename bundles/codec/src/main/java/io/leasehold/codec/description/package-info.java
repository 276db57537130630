// SPDX-License-Identifier: Apache-2.0

/** What the descriptions of packets of both families have in common. */
package io.leasehold.codec.description;
