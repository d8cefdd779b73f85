import { Stack, type Environment } from 'aws-cdk-lib'
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { authorizerOf } from './authorizer.ts'
import { functionNames, type Assets } from './assets.ts'
import { compareDaily } from './comparison.ts'
import type { Data } from './data.ts'
import type { Front } from './front.ts'
import { functionOf } from './function.ts'
import { releaseAll } from './release.ts'
import { routeAll } from './routing.ts'
import { deploySite } from './site.ts'
import type { Stage } from './stage.ts'
import { feedProjector, feedSequencer } from './stream.ts'

export interface ServiceProps {
  readonly stage: Stage
  readonly env: Environment
  readonly assets: Assets
  readonly front: Front
  readonly data: Data
}

/** Everything a release replaces: the functions, the routes to them, the stream that feeds one, the site's files. */
export class Service extends Stack {
  constructor(scope: Construct, id: string, { stage, env, assets, front, data }: ServiceProps) {
    super(scope, id, { description: 'Tidemark: functions, routes and the files of the site', env })
    const { publicUrl, logOrigin } = front
    const functions = new Map<FunctionName, LambdaFunction>()
    for (const name of functionNames()) {
      const made = functionOf(this, name, {
        stage,
        data,
        publicUrl,
        logOrigin,
        verifier: assets.verifier,
        bundle: assets.bundleOf(name),
      })
      functions.set(name, made)
    }
    const live = releaseAll(this, functions, { stage, apiId: front.api.apiId })
    for (const [name, made] of functions) feed(this, name, { made, live: live.get(name), data, stage })
    const asked = live.get('authorizer')
    if (!asked) throw new Error('the function table has no authorizer')
    routeAll(this, { live, authorizerId: authorizerOf(this, asked, front), api: front.api })
    deploySite(this, { stage, folder: assets.site, front })
  }
}

interface Feeding {
  readonly made: LambdaFunction
  readonly live: Alias | undefined
  readonly data: Data
  readonly stage: Stage
}

/** What calls a function that nobody calls by HTTP. */
function feed(scope: Construct, name: FunctionName, { made, live, data, stage }: Feeding): void {
  if (!live) throw new Error(`nothing is live of ${name}`)
  if (name === 'projector') feedProjector(scope, { name, live, stage, table: data.table })
  if (name === 'sequencer') feedSequencer(scope, { name, live, stage, table: data.table })
  if (name === 'monitor') compareDaily(scope, { monitor: made, live, stage })
}
