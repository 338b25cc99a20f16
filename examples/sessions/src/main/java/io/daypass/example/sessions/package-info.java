/** An app that has sessions, and whose session keys a broker rotates. */
@NullMarked
package io.daypass.example.sessions;

import org.jspecify.annotations.NullMarked;
