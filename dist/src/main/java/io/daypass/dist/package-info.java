/** The demonstration, and what it and the end-to-end tests run a broker and its surroundings with. */
@NullMarked
package io.daypass.dist;

import org.jspecify.annotations.NullMarked;
