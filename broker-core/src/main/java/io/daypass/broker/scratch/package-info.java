/** Folders that are nobody's once their process is gone. */
@NullMarked
package io.daypass.broker.scratch;

import org.jspecify.annotations.NullMarked;
