import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METRICS } from '../../../shared/contract/metrics.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

let prod: Synthesis
let dev: Synthesis
beforeAll(async () => {
  prod = await synthesise('prod', 'empty', {}, { alertEmail: 'night@example.org', budget: '90' })
  dev = await synthesise('dev', 'empty')
})
afterAll(async () => {
  await Promise.all([prod.remove(), dev.remove()])
})

const alarms = () => resourcesOf(prod.template.watch, 'AWS::CloudWatch::Alarm')

describe('alarms', () => {
  it('are of what would wake somebody, each once', () => {
    const told = alarms().map(
      ({ properties }) => /Tidemark: (.*)\. See/.exec(properties.AlarmDescription)?.[1],
    )
    expect(told).toEqual([
      'the API answers with 5xx',
      'one answer in a hundred takes longer than three seconds',
      'functions or the table turn calls away',
      'passports and holds are more than a minute behind',
      'the projector has given up on records of the stream',
      'the sequencer has given up on records of the stream',
      'events come, and the newest checkpoint is older than 60 seconds',
      'the log is not what the events say, or was changed',
      'the log could not be compared with the events',
      'the log was not compared with the events for a day and a half',
    ])
  })

  it('lead to a section of the runbook that is there', async () => {
    const runbook = await readFile(new URL('../../../infra/aws/runbook.md', import.meta.url), 'utf8')
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    )
    for (const { properties } of alarms()) {
      const [, anchor] = /infra\/aws\/runbook\.md#([\w-]+)$/.exec(properties.AlarmDescription) ?? []
      expect(anchors).toContain(anchor)
    }
  })

  it('are sent to the topic, when they begin and when they end, and by it to an address if one was given', () => {
    const [topic] = resourcesOf(prod.template.watch, 'AWS::SNS::Topic')
    for (const { properties } of alarms()) {
      expect(properties.AlarmActions).toEqual([{ Ref: topic?.id }])
      expect(properties.OKActions).toEqual([{ Ref: topic?.id }])
    }
    expect(resourcesOf(prod.template.watch, 'AWS::SNS::Subscription')).toMatchObject([
      { properties: { Protocol: 'email', Endpoint: 'night@example.org', TopicArn: { Ref: topic?.id } } },
    ])
    expect(resourcesOf(dev.template.watch, 'AWS::SNS::Subscription')).toEqual([])
  })

  it('look at functions and queues by the names that they have', () => {
    const names = (type: string, property: string): unknown[] =>
      resourcesOf(prod.template.service, type).map(({ properties }) => properties[property])
    const there = [
      ...names('AWS::Lambda::Function', 'FunctionName'),
      ...names('AWS::SQS::Queue', 'QueueName'),
    ]
    const text = JSON.stringify(alarms())
    const named = [...text.matchAll(/tidemark-prod-[a-z-]+/g)].map(([name]) => name)
    expect(new Set(named).size).toBe(5)
    expect(there).toEqual(expect.arrayContaining(named))
  })
})

describe('the dashboard', () => {
  it('shows every metric that the functions count', () => {
    const [dashboard] = resourcesOf(prod.template.watch, 'AWS::CloudWatch::Dashboard')
    const body = JSON.stringify(dashboard?.properties.DashboardBody)
    for (const name of Object.keys(METRICS)) expect(body).toContain(name)
  })
})

describe('the budget', () => {
  it('is production’s alone, and of so many dollars a month', () => {
    expect(resourcesOf(prod.template.watch, 'AWS::Budgets::Budget')).toMatchObject([
      { properties: { Budget: { BudgetLimit: { Amount: 90, Unit: 'USD' }, TimeUnit: 'MONTHLY' } } },
    ])
    expect(resourcesOf(dev.template.watch, 'AWS::Budgets::Budget')).toEqual([])
  })
})

describe('keys', () => {
  it('that encrypt are renewed every year, whichever stack they are in', () => {
    const keys = Object.values(prod.template).flatMap((template) => resourcesOf(template, 'AWS::KMS::Key'))
    const encrypting = keys.filter(({ properties }) => properties.KeyUsage === undefined)
    expect(encrypting).toHaveLength(2)
    for (const { properties } of encrypting) expect(properties.EnableKeyRotation).toBe(true)
  })
})
