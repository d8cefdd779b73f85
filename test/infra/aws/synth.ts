import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAssets, type Assets } from '../../../infra/aws/assets.ts'
import { stageOf, type Place } from '../../../infra/aws/stage.ts'
import { addTidemark, FLAGS, type Stacks } from '../../../infra/aws/tidemark.ts'

/** A whole deployment, synthesised as `cdk synth` would, in a folder of its own. */
export interface Synthesis {
  readonly app: App
  readonly stacks: Stacks
  readonly outDir: string
  readonly template: Readonly<Record<Exclude<keyof Stacks, 'edge'>, Template>>
  readonly remove: () => Promise<void>
}

/** With `assets: 'built'` the real bundles and site are in it; with `'empty'` it is quick, and they are empty folders. */
export async function synthesise(
  stage: 'dev' | 'prod',
  assets: 'built' | 'empty',
  place: Partial<Place> = {},
  context: Readonly<Record<string, string>> = {},
): Promise<Synthesis> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-cdk-'))
  const outDir = join(folder, 'cdk.out')
  const uploads = assets === 'built' ? await buildAssets(join(folder, 'build')) : await emptyAssets(folder)
  const app = new App({ outdir: outDir, context: { ...FLAGS, ...context, stage } })
  const stacks = addTidemark(app, stageOf(app.node), uploads, { region: 'us-east-1', ...place })
  const template = {
    front: Template.fromStack(stacks.front),
    data: Template.fromStack(stacks.data),
    service: Template.fromStack(stacks.service),
    watch: Template.fromStack(stacks.watch),
  }
  return { app, stacks, outDir, template, remove: () => rm(folder, { recursive: true }) }
}

async function emptyAssets(folder: string): Promise<Assets> {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  return { bundleOf: () => empty, site: empty }
}

/** All resources of a type, in the template's order. Their properties are of no type, as CDK reads them back. */
export function resourcesOf(template: Template, type: string) {
  return Object.entries(template.findResources(type)).map(([id, resource]) => ({
    id,
    properties: resource['Properties'],
  }))
}
