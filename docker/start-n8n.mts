import { createRequire } from 'node:module'
import { prepareN8n } from './prepare-n8n.mts'

/** `node start-n8n.mts start | webhook | worker`: n8n's own command, in this process. */
const command = prepareN8n()
process.argv[1] = command
createRequire(import.meta.url)(command)
