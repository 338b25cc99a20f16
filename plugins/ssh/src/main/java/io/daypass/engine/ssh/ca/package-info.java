/** Keys that certificates are signed with: made, imported, signing. */
@NullMarked
package io.daypass.engine.ssh.ca;

import org.jspecify.annotations.NullMarked;
