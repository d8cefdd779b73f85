import { build } from 'esbuild'

/** What a bundle imports from outside itself, as a parser sees it: the SDK's messages speak of imports too. */
export async function importsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports)
  return imports.filter(({ external }) => external).map(({ path }) => path)
}
