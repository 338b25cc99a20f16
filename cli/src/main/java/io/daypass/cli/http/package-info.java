/** The broker's API over HTTP. */
@NullMarked
package io.daypass.cli.http;

import org.jspecify.annotations.NullMarked;
