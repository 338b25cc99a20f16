/** Tests of the embedded servers. */
@NullMarked
package io.daypass.embedded;

import org.jspecify.annotations.NullMarked;
