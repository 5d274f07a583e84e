/**
 * How long a turn that was given to n8n may wait for the first word of its execution, in milliseconds: n8n may have a queue. From then on each
 * report makes it the execution's own for `stepLeaseMs`.
 */
export const leaseMs = 120_000

/** n8n ends an execution after this, so that none goes on for ever. In seconds. */
export const executionTimeoutSec = 110

/** A vendor of models that does not answer is given up after this, in milliseconds: the other one has the time to answer twice. */
export const vendorTimeoutMs = Math.floor((executionTimeoutSec * 1000) / 3)

/** The longest that an execution is silent between two reports, in milliseconds: a vendor that hangs, and the report of it. */
export const stepLeaseMs = vendorTimeoutMs + 25_000
