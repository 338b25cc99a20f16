/** Commands on policies. */
@NullMarked
package io.daypass.cli.policy;

import org.jspecify.annotations.NullMarked;
