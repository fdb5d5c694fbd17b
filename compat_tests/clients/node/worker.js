// kafkajs behind one line of JSON per call: {"id", "target", "method", "arguments"} comes in, {"id", "result"} or
// {"id", "error", "message"} goes out; bytes travel as base64.
//
//     NODE_PATH=.../node_modules node worker.js BOOTSTRAP_SERVERS
//
// An "open" may name other bootstrap_servers for its target.

'use strict'

const readline = require('readline')
const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = require('kafkajs')
const SnappyCodec = require('kafkajs-snappy')
const { GroupMember } = require('./group_member')
const { RecordClient } = require('./record_client')
const { Tail } = require('./tail')
const { TransactionalProducer } = require('./transactional_producer')

CompressionCodecs[CompressionTypes.Snappy] = SnappyCodec

const connectTo = bootstrapServers =>
  new Kafka({
    clientId: 'kafkajs',
    brokers: [bootstrapServers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 12 },
  })
const KINDS = { client: RecordClient, tail: Tail, member: GroupMember, producer: TransactionalProducer }
const targets = new Map()

/** Calls to one target follow one another, as those of an application that awaits them. */
async function call({ target, method, arguments: given }) {
  if (method === 'open') {
    const opened = new KINDS[given.kind](connectTo(given.bootstrap_servers || process.argv[2]), given)
    await opened.open()
    targets.set(target, { object: opened, last: Promise.resolve() })
    return null
  }
  const entry = targets.get(target)
  const work = entry.last.then(() => entry.object[method](given))
  entry.last = work.catch(() => {})
  return work
}

/** Kafka's own name of an error where kafkajs knows it, else the name of its class; wrapped errors tell the inner one. */
function nameOf(error) {
  const [of] = error.errors || (error.groups || []).map(group => group.error)
  const inner = of || (error.type ? undefined : error.cause)
  return inner ? nameOf(inner) : error.type || error.name
}

readline
  .createInterface({ input: process.stdin })
  .on('line', async line => {
    const request = JSON.parse(line)
    let reply
    try {
      reply = { id: request.id, result: (await call(request)) ?? null }
    } catch (error) {
      reply = { id: request.id, error: nameOf(error), message: String(error.stack) }
    }
    process.stdout.write(JSON.stringify(reply) + '\n')
  })
  .on('close', () => process.exit(0)) // consumers and producers that are still open die with the process
