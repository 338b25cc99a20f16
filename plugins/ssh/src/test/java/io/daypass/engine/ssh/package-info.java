@NullMarked
package io.daypass.engine.ssh;

import org.jspecify.annotations.NullMarked;
