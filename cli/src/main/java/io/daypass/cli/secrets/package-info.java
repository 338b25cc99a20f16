/** Commands on mounts. */
@NullMarked
package io.daypass.cli.secrets;

import org.jspecify.annotations.NullMarked;
