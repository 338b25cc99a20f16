/** Tests. */
@NullMarked
package io.daypass.broker.run;

import org.jspecify.annotations.NullMarked;
