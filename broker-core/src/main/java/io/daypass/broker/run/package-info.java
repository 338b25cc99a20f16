/** What runs by itself: the one timer of the reaper, and what starts and stops with the seal. */
@NullMarked
package io.daypass.broker.run;

import org.jspecify.annotations.NullMarked;
