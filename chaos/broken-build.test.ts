import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../local/settings/config.ts'
import { applyEdit, brokenBuilds } from './broken-build.ts'

test('each guard that a broken build takes out is in the code', () => {
  for (const edits of Object.values(brokenBuilds))
    for (const edit of edits) {
      const source = readFileSync(join(repository, edit.file), 'utf8')
      assert.notEqual(applyEdit(source, edit), source)
    }
})

test('a text that is there twice or not at all is an error that names the file', () => {
  const edit = { file: 'a.ts', find: 'x', replace: 'y' }
  assert.throws(() => applyEdit('xx', edit), /a\.ts/)
  assert.throws(() => applyEdit('z', edit), /a\.ts/)
  assert.equal(applyEdit('axb', edit), 'ayb')
})
