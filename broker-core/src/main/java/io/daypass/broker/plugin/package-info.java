/** Plugins: their archives, checked before anything in them is trusted, and what they add. PF4J's only friend. */
@NullMarked
package io.daypass.broker.plugin;

import org.jspecify.annotations.NullMarked;
