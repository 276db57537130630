// SPDX-License-Identifier: Apache-2.0
/** Plan documents in files, and the program that checks them without a server. */
package io.leasehold.server.check;
