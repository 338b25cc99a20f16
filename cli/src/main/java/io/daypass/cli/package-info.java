/** The {@code daypass} command: where its words are found, read and carried out. */
@NullMarked
package io.daypass.cli;

import org.jspecify.annotations.NullMarked;
