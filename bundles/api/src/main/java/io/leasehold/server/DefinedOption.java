// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.codec.option.OptionDefinition;

/**
 * An option definition and whom it is from.
 *
 * @param definition the definition
 * @param source {@code standard}, {@code plan}, or the symbolic name of a bundle
 * @param conflict which definition has its code or name already, so that this one is refused; empty
 *     if it is in force
 */
public record DefinedOption(OptionDefinition definition, String source, String conflict) {}
