// SPDX-License-Identifier: Apache-2.0
/** The file of a registrar. */
package io.leasehold.registrar.config;
