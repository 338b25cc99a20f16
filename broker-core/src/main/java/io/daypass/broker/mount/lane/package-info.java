/** Where blocking code of plugins runs: bounded lanes that refuse when they are full, and the threads under them. */
@NullMarked
package io.daypass.broker.mount.lane;

import org.jspecify.annotations.NullMarked;
