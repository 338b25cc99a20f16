/** What was asked and answered is written down before the answer goes out, without the secrets; or nothing is served. */
@NullMarked
package io.daypass.broker.audit;

import org.jspecify.annotations.NullMarked;
