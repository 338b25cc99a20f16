/** Tests of the configuration. */
@NullMarked
package io.daypass.config;

import org.jspecify.annotations.NullMarked;
