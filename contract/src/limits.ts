/** How long an execution of n8n may take before its turn is dispatched again, in milliseconds. */
export const leaseMs = 120_000

/** n8n ends an execution a little before its lease lapses, so that two never think about one turn. In seconds. */
export const executionTimeoutSec = leaseMs / 1000 - 10

/** A vendor of models that does not answer is given up after this, in milliseconds: the other one has the time to answer twice. */
export const vendorTimeoutMs = Math.floor((executionTimeoutSec * 1000) / 3)
