/** How long an execution of n8n may take before its turn is dispatched again, in milliseconds. */
export const leaseMs = 120_000

/** n8n ends an execution a little before its lease lapses, so that two never think about one turn. In seconds. */
export const executionTimeoutSec = leaseMs / 1000 - 10
