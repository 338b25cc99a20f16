/** Commands on leases. */
@NullMarked
package io.daypass.cli.lease;

import org.jspecify.annotations.NullMarked;
