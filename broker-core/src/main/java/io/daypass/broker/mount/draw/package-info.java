/** What is drawn for a credential: names by template, passwords by alphabet. */
@NullMarked
package io.daypass.broker.mount.draw;

import org.jspecify.annotations.NullMarked;
