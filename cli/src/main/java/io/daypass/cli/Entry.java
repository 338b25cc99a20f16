package io.daypass.cli;

import io.daypass.cli.command.Action;
import java.util.function.Supplier;

/**
 * A command that can be typed.
 *
 * @param words what is typed, such as {@code secrets enable}
 * @param summary what it does, in a line
 * @param maker makes it; its class is loaded no sooner, so that a command starts as fast as if it were the only one
 */
record Entry(String words, String summary, Supplier<Action> maker) {}
