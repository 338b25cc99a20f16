/** The paths below {@code sys/}: one small class a family. */
@NullMarked
package io.daypass.broker.sys;

import org.jspecify.annotations.NullMarked;
