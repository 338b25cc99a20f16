/** Commands on tokens. */
@NullMarked
package io.daypass.cli.token;

import org.jspecify.annotations.NullMarked;
