/** What is at rest is sealed: the barrier, its keyring, and the seals that wrap that. */
@NullMarked
package io.daypass.broker.seal;

import org.jspecify.annotations.NullMarked;
