// SPDX-License-Identifier: Apache-2.0
/** An example of {@code docs/extend.md}: a bundle that looks at packets. */
package org.example.second;
