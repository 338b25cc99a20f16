/** Follows the broker's events. */
@NullMarked
package io.daypass.cli.event;

import org.jspecify.annotations.NullMarked;
