/** Tests of policies. */
@NullMarked
package io.daypass.broker.policy;

import org.jspecify.annotations.NullMarked;
