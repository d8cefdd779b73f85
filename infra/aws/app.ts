import { App } from 'aws-cdk-lib'
import { fileURLToPath } from 'node:url'
import { buildAssets } from './assets.ts'
import { pinnedOf, placeOf, stageOf } from './stage.ts'
import { addTidemark, FLAGS } from './tidemark.ts'

/** What `cdk` runs: builds what is uploaded, then describes the deployment. `--context stage=prod` chooses another. */
const BUILD = fileURLToPath(new URL('../../.build', import.meta.url))

const app = new App({ context: FLAGS })
addTidemark(app, stageOf(app.node), await buildAssets(BUILD, pinnedOf(app.node)), placeOf())
app.synth()
