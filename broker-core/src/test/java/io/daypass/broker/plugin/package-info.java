/** Tests. */
@NullMarked
package io.daypass.broker.plugin;

import org.jspecify.annotations.NullMarked;
