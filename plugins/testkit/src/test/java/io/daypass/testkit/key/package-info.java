/** An engine that keeps the contract, and what it makes keys in. */
@NullMarked
package io.daypass.testkit.key;

import org.jspecify.annotations.NullMarked;
