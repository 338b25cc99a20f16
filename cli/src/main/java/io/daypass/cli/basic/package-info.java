/** Commands on any path. */
@NullMarked
package io.daypass.cli.basic;

import org.jspecify.annotations.NullMarked;
