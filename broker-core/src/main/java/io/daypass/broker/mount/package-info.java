/** Mounts: which engine serves which path, and all that happens between a route and the engine behind it. */
@NullMarked
package io.daypass.broker.mount;

import org.jspecify.annotations.NullMarked;
