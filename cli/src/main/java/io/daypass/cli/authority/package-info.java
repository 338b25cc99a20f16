/** A small authority, and certificates that it signs. */
@NullMarked
package io.daypass.cli.authority;

import org.jspecify.annotations.NullMarked;
