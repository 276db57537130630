// SPDX-License-Identifier: Apache-2.0
/** Programs of other people that tests talk to, and files in the form that they read. */
package io.leasehold.testkit.foreign;
