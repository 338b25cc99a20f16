/** The SPI: what a plugin author sees. An {@link Engine} drafts, mints, extends and revokes one sort of credential. */
@NullMarked
package io.daypass.plugin;

import org.jspecify.annotations.NullMarked;
