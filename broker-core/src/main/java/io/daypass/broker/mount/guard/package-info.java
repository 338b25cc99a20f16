/** What stands between the broker and a plugin, where the plugin's code runs. */
@NullMarked
package io.daypass.broker.mount.guard;

import org.jspecify.annotations.NullMarked;
