import { lockFiles, type LockedPackage, readLock } from './lock-file.ts'

/**
 * CycloneDX 1.6 of all that the lock files hold for production: the same for the same files, without a time or a number of its own. (`npm sbom`
 * stops at our stub of better-sqlite3.)
 */
export function makeSbom(version: string): object {
  const all = lockFiles.flatMap(readLock).filter(({ dev }) => !dev)
  const byPurl = new Map(all.map((one) => [purlOf(one), one]))
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: 'lead-processing-system',
        version,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: [...byPurl]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([purl, one]) => ({
        type: 'library',
        'bom-ref': purl,
        name: one.name,
        version: one.version,
        scope: one.optional ? 'optional' : 'required',
        purl,
        ...(one.license && { licenses: [{ expression: one.license }] }),
        hashes: [hashOf(one.integrity!)],
      })),
  }
}

const purlOf = ({ name, version }: LockedPackage) => `pkg:npm/${name.replace('@', '%40')}@${version}`

function hashOf(integrity: string): { alg: string; content: string } {
  const [algorithm = '', digest = ''] = integrity.split(' ')[0]!.split(/-(.*)/s)
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }
}
