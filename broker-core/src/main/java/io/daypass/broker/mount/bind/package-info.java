/** Records of plugins, to JSON and from it: own reflection over trees, so that nothing keeps a plugin's classes. */
@NullMarked
package io.daypass.broker.mount.bind;

import org.jspecify.annotations.NullMarked;
