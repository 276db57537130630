// SPDX-License-Identifier: Apache-2.0

/** The rules of the house, checked over the classes and sources of all bundles. */
package io.leasehold.architecture;
