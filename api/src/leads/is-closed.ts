/** Won or lost: amoCRM's statuses of every pipeline. */
export const isClosed = (statusId: number) => statusId === 142 || statusId === 143
