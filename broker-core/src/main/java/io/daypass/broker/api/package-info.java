/** What a request, a reply, a route and an error are, between HTTP and whatever serves a path. */
@NullMarked
package io.daypass.broker.api;

import org.jspecify.annotations.NullMarked;
