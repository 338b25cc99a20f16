/** What all commands have in common. */
@NullMarked
package io.daypass.cli.command;

import org.jspecify.annotations.NullMarked;
