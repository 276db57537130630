// SPDX-License-Identifier: Apache-2.0
/** The registrar as a component. */
package io.leasehold.registrar.osgi;
