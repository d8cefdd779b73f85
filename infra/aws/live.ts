import {
  Alias,
  Version,
  type Function as LambdaFunction,
  type IFunction,
  type IVersion,
} from 'aws-cdk-lib/aws-lambda'

/** Under exactOptionalPropertyTypes CDK's own classes are not what its interfaces want: their optional getters return undefined. */

export function versionOf({ currentVersion }: LambdaFunction): IVersion {
  const version: unknown = currentVersion
  if (!isVersion(version)) throw new Error('a function has a version that is none')
  return version
}

/** An alias as something that can be called. */
export function callable(alias: Alias): IFunction {
  const called: unknown = alias
  if (!isFunction(called)) throw new Error('an alias cannot be called')
  return called
}

const isVersion = (made: unknown): made is IVersion => made instanceof Version
const isFunction = (made: unknown): made is IFunction => made instanceof Alias
