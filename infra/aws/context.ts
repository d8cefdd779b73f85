import type { Node } from 'constructs'

/** What whoever deploys may say with `--context name=value` or in cdk.json. What cannot be taken is refused before anything is made. */

export interface Throttle {
  /** Requests a second. */
  readonly rateLimit: number
  readonly burstLimit: number
}

/** `--context throttle=<requests a second>/<burst>`. */
export function throttleIn(node: Node): Throttle | undefined {
  const said = textIn(node, 'throttle')
  if (said === undefined) return undefined
  const [, rate, burst] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(said) ?? []
  if (rate === undefined || burst === undefined)
    throw new Error(`throttle must be <requests a second>/<burst>, as 2000/4000: got '${said}'`)
  return { rateLimit: Number(rate), burstLimit: Number(burst) }
}

/** Whom alarms are sent to, and from which costs on. */
export interface Alerts {
  readonly email: string | undefined
  /** US dollars a month, of the whole account: costs by tag are not counted until somebody turns that on by hand. */
  readonly budgetUsd: number
}

/** Twice what today's Blue Cycle costs a month (`npm run cost`). */
const BUDGET_USD = 500

/** `--context alertEmail=<address>`, `--context budget=<US dollars a month>`. */
export function alertsIn(node: Node): Alerts {
  const email = textIn(node, 'alertEmail')
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new Error(`alertEmail must be an address: got '${email}'`)
  const budget = textIn(node, 'budget')
  if (budget !== undefined && !/^[1-9]\d{0,8}$/.test(budget))
    throw new Error(`budget must be whole US dollars a month: got '${budget}'`)
  return { email, budgetUsd: budget === undefined ? BUDGET_USD : Number(budget) }
}

export interface Domain {
  readonly name: string
  /** Of ACM in us-east-1, where CloudFront looks for it. */
  readonly certificateArn: string
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
const CERTIFICATE = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/

/** `--context domain=<name> --context certificate=<arn>`: both or neither. */
export function domainIn(node: Node): Domain | undefined {
  const name = textIn(node, 'domain')
  const certificateArn = textIn(node, 'certificate')
  if (name === undefined && certificateArn === undefined) return undefined
  if (name === undefined || !DOMAIN.test(name))
    throw new Error(`domain must be a name such as trace.example.org: got '${name ?? ''}'`)
  if (certificateArn === undefined || !CERTIFICATE.test(certificateArn))
    throw new Error(
      `certificate must be the ARN of a certificate in us-east-1 for ${name}: got '${certificateArn ?? ''}'`,
    )
  return { name, certificateArn }
}

/** Context of the command line is text; cdk.json may hold numbers. */
function textIn(node: Node, name: string): string | undefined {
  const said: unknown = node.tryGetContext(name)
  if (said === undefined) return undefined
  if (typeof said === 'string') return said
  if (typeof said === 'number') return String(said)
  throw new Error(`${name} must be text: got ${JSON.stringify(said)}`)
}
