/** Every request and reply on record, secrets as MACs; what can't be put on record is refused. */
@NullMarked
package io.daypass.broker.audit;

import org.jspecify.annotations.NullMarked;
