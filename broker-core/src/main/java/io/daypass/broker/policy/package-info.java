/** Who may do what: policies are read strictly, compiled, and asked once a request. */
@NullMarked
package io.daypass.broker.policy;

import org.jspecify.annotations.NullMarked;
