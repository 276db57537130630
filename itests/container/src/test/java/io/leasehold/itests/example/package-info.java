// SPDX-License-Identifier: Apache-2.0

/** Examples of {@code docs/extend.md} that are tried in the container. */
package io.leasehold.itests.example;
