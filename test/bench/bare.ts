import { join } from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { BUNDLING } from '../../infra/bundle.ts'

/** What any function on DynamoDB pays before it does anything of its own. */
const SOURCE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
export const client = new DynamoDBClient({})
export const handler = (key) => client.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: key }))
`

/** Bundles that file as esbuild does by itself, or with what makes our functions lighter. */
export async function bundleBare(outDir: string, lean: BuildOptions = {}): Promise<void> {
  await build({
    ...BUNDLING,
    stdin: { contents: SOURCE, resolveDir: BUNDLING.absWorkingDir, loader: 'ts' },
    outfile: join(outDir, 'index.mjs'),
    ...lean,
  })
}
