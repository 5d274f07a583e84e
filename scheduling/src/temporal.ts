// The only place that names the Temporal implementation: delete the package here once the runtime has its own.
export { Temporal } from 'temporal-polyfill'
