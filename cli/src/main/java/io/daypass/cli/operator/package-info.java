/** Commands for whoever runs the broker. */
@NullMarked
package io.daypass.cli.operator;

import org.jspecify.annotations.NullMarked;
