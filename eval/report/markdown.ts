import type { Table } from '../suite.ts'
import type { Section } from './sections.ts'

export const markdownTable = ({ title, head, rows }: Table): string =>
  [`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n')

const line = (cells: (string | number)[]) =>
  `| ${cells
    .map((cell) =>
      String(cell)
        .replaceAll('|', String.raw`\|`)
        .replaceAll('\n', ' '),
    )
    .join(' | ')} |`

export const markdownReport = (title: string, extra: Table[], sections: Section[]): string =>
  [
    `# ${title}`,
    '',
    ...extra.map(markdownTable),
    ...sections.flatMap(({ title: name, warnings, notes, tables, misses }) => [
      `## ${name}`,
      '',
      ...warnings.flatMap((warning) => [`> **${warning}**`, '']),
      ...notes.flatMap((note) => [note, '']),
      ...tables.map(markdownTable),
      ...(misses.length > 0 ? [`### What went wrong`, '', ...misses.map((miss) => `- ${miss}`), ''] : []),
    ]),
  ].join('\n')
