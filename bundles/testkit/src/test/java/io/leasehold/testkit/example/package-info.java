// SPDX-License-Identifier: Apache-2.0

/** Examples of {@code docs/extend.md} that a contract test can try. */
package io.leasehold.testkit.example;
