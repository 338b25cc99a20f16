/** What a role allows: principals, options, kinds of keys, addresses. */
@NullMarked
package io.daypass.engine.ssh.role;

import org.jspecify.annotations.NullMarked;
