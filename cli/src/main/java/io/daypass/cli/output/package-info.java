/** How replies are shown. */
@NullMarked
package io.daypass.cli.output;

import org.jspecify.annotations.NullMarked;
