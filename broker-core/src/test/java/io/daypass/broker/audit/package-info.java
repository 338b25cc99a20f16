/** Tests of the audit log. */
@NullMarked
package io.daypass.broker.audit;

import org.jspecify.annotations.NullMarked;
