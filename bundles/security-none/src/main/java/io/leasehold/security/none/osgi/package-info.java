// SPDX-License-Identifier: Apache-2.0
/** Component of the provider that protects nothing. */
package io.leasehold.security.none.osgi;
