@NullMarked
package io.daypass.engine.redis;

import org.jspecify.annotations.NullMarked;
