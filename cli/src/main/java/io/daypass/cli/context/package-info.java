/** Which broker is spoken to, with which token, and who said so. */
@NullMarked
package io.daypass.cli.context;

import org.jspecify.annotations.NullMarked;
