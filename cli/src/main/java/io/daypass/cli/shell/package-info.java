/** What the process was started with, and how it ends. */
@NullMarked
package io.daypass.cli.shell;

import org.jspecify.annotations.NullMarked;
