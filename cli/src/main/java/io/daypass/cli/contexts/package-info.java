/** Commands on the brokers that are remembered. */
@NullMarked
package io.daypass.cli.contexts;

import org.jspecify.annotations.NullMarked;
