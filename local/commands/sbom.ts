import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../settings/config.ts'
import { makeSbom } from '../supply/make-sbom.ts'
import { readOptions } from './command-line.ts'

const help = `
npm run -s sbom > sbom.json

Prints a bill of materials in CycloneDX 1.6: every package that the lock files hold for production, n8n's too, with version, licence and hash.

  --help   this text
`
readOptions(help, {})
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string }
console.log(JSON.stringify(makeSbom(version), null, 2))
