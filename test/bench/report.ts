import { mkdir, writeFile } from 'node:fs/promises'

/** What a section of the bench found, as text for people and as numbers for `.bench/results.json`. */
export interface Section {
  readonly title: string
  readonly notes: readonly string[]
  readonly heading: readonly string[]
  readonly lines: readonly (readonly string[])[]
  readonly rows: readonly Row<unknown>[]
}

export interface Row<Values> {
  readonly label: string
  readonly values: Values
  readonly target?: Target
}

export interface Target {
  readonly text: string
  readonly met: boolean
}

export interface Column<Values> {
  readonly heading: string
  readonly cell: (values: Values) => string
}

/** Lays out rows whose cells are made from their values, with target and verdict at the end of each line. */
export function section<Values>(given: {
  readonly title: string
  readonly notes?: readonly string[]
  readonly columns: readonly Column<Values>[]
  readonly rows: readonly Row<Values>[]
}): Section {
  const { title, notes = [], columns, rows } = given
  return {
    title,
    notes,
    heading: ['', ...columns.map((column) => column.heading), 'target', ''],
    lines: rows.map(({ label, values, target }) => [
      label,
      ...columns.map((column) => column.cell(values)),
      target?.text ?? '',
      target ? (target.met ? 'met' : 'MISSED') : '',
    ]),
    rows,
  }
}

/** A number with thousands separators and so many decimals. */
export const decimal = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })

export const percent = (share: number): string => `${decimal(100 * share)} %`

/** The section as an aligned table; numbers to the right, so that they can be compared by eye. */
export function print({ title, notes, heading, lines }: Section): void {
  const table = [heading, ...lines]
  const widths = heading.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  const text = table.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0
        const isText = column === 0 || column === line.length - 1
        return isText ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  process.stdout.write(`\n${[title, ...text, ...notes.map((note) => `  ${note}`)].join('\n')}\n`)
}

/** Rows that have a target and do not meet it. */
export const missesOf = (sections: readonly Section[]): Row<unknown>[] =>
  sections.flatMap(({ rows }) => rows.filter(({ target }) => target?.met === false))

/** Everything measured, without its layout. */
export async function writeResults(
  folder: URL,
  about: Readonly<Record<string, unknown>>,
  sections: Readonly<Record<string, Section>>,
): Promise<void> {
  const results = Object.entries(sections).map(([name, { title, rows }]) => ({ name, title, rows }))
  await mkdir(folder, { recursive: true })
  await writeFile(new URL('results.json', folder), `${JSON.stringify({ ...about, results }, null, 2)}\n`)
}
