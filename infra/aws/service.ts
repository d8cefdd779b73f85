import { Stack, type Environment } from 'aws-cdk-lib'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { authorizerOf } from './authorizer.ts'
import { functionNames, type Assets } from './assets.ts'
import type { Data } from './data.ts'
import type { Front } from './front.ts'
import { functionOf } from './function.ts'
import { routeAll } from './routing.ts'
import { deploySite } from './site.ts'
import type { Stage } from './stage.ts'
import { feedProjector, feedSequencer } from './stream.ts'
import { watchLog } from './watch.ts'

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
      feed(this, name, made, data)
    }
    const asked = functions.get('authorizer')
    if (!asked) throw new Error('the function table has no authorizer')
    routeAll(this, { functions, authorizerId: authorizerOf(this, asked, front), api: front.api })
    deploySite(this, { stage, folder: assets.site, front })
  }
}

/** What calls a function that nobody calls by HTTP. */
function feed(scope: Construct, name: FunctionName, made: LambdaFunction, { table }: Data): void {
  if (name === 'projector') feedProjector(scope, `${name}-stream`, made, table)
  if (name === 'sequencer') feedSequencer(scope, `${name}-stream`, made, table)
  if (name === 'monitor') watchLog(scope, made)
}
