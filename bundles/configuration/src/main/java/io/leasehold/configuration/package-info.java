// SPDX-License-Identifier: Apache-2.0
/** Reading a configuration file: all mistakes at once, each with place, value and remedy. */
package io.leasehold.configuration;
