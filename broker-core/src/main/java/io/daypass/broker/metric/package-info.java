/** What the broker counts and measures of itself. Labels are mounts and engines, never holders or leases. */
@NullMarked
package io.daypass.broker.metric;

import org.jspecify.annotations.NullMarked;
