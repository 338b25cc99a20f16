package io.daypass.testkit;

/** An engine without a flaw keeps the contract. */
final class KeyContractIT extends KeyContract {}
