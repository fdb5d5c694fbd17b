// Drives the examples of one folder by lines of JSON, so that tests in another language can. Nothing here is needed to
// use a library: read the example files of `kafkajs`, `platformatic` or `kafka-node` for that.
//
//     NODE_PATH=.../node_modules node worker.js FOLDER BOOTSTRAP_SERVERS
//
// {"id", "target", "method", "arguments"} comes in, {"id", "result"} or {"id", "error", "message"} goes out. A call goes
// to a target that an earlier "open" made. Bytes travel as base64, records as lists.

'use strict'

const readline = require('readline')

const [folder, defaultServers] = process.argv.slice(2)
const library = require(`./${folder}`)

const toBytes = text => (text === null ? null : Buffer.from(text, 'base64'))
const toText = bytes => (bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString('base64'))

const toRecord = ({ key, value, headers, timestamp_ms: timestampMs, partition }) => ({
  key: toBytes(key),
  value: toBytes(value),
  headers: headers.map(([name, text]) => [name, toBytes(text)]),
  timestampMs,
  partition,
})

const fromRecord = ({ partition, offset, key, value, headers, timestampMs, isLogAppendTime }) => [
  partition,
  offset,
  toText(key),
  toText(value),
  headers.map(([name, bytes]) => [name, toText(bytes)]),
  timestampMs,
  isLogAppendTime,
]

/** Producers, one for each way to send, and an administrator: both stay open between calls, as in an application. */
class ClientTarget {
  constructor(servers) {
    this.servers = servers
    this.producers = new Map()
  }

  async open() {
    this.admin = new library.Admin(this.servers)
    await this.admin.open()
  }

  version() {
    return library.version
  }

  async produce({ topic, records, compression, acks, idempotent }) {
    const producer = await this.producer({ acks, isIdempotent: idempotent })
    return producer.send(topic, records.map(toRecord), compression)
  }

  async producer(options) {
    const key = JSON.stringify(options)
    if (!this.producers.has(key)) {
      const producer = new library.RecordProducer(this.servers, options)
      await producer.open()
      this.producers.set(key, producer)
    }
    return this.producers.get(key)
  }

  find_offsets({ topic, partitions, timestamp_ms: timestampMs }) {
    return this.admin.findOffsets(topic, partitions, timestampMs)
  }

  create_topic({ topic, partition_count: partitionCount, configs }) {
    return this.admin.createTopic(topic, partitionCount, configs)
  }

  delete_topic({ topic }) {
    return this.admin.deleteTopic(topic)
  }

  create_partitions({ topic, count }) {
    return this.admin.createPartitions(topic, count)
  }

  list_topics() {
    return this.admin.listTopics()
  }

  describe_topic({ topic }) {
    return this.admin.describeTopic(topic)
  }

  describe_configs({ topic }) {
    return this.admin.describeConfigs(topic)
  }

  alter_configs({ topic, configs }) {
    return this.admin.alterConfigs(topic, configs)
  }

  async describe_cluster() {
    const { brokers, controllerId } = await this.admin.describeCluster()
    return { brokers, controller_id: controllerId }
  }

  async groups({ group_id: groupId }) {
    const { type, assignor, memberCount, offsets } = await this.admin.describeGroup(groupId)
    return { type, assignor, member_count: memberCount, offsets }
  }

  delete_group({ group_id: groupId }) {
    return this.admin.deleteGroup(groupId)
  }

  async close() {
    for (const producer of this.producers.values()) await producer.close()
    await this.admin.close()
  }
}

/** A consumer of chosen partitions. */
class TailTarget {
  constructor(servers, given) {
    this.reader = new library.PartitionReader(servers, {
      topic: given.topic,
      partitions: given.partitions,
      offset: given.offset,
      minBytes: given.min_bytes,
      maxWaitMs: given.max_wait_ms,
      isReadCommitted: given.isolation_level === 'read_committed',
    })
  }

  open() {
    return this.reader.open()
  }

  async take({ count, timeout_ms: timeoutMs }) {
    return (await this.reader.take(count, timeoutMs)).map(fromRecord)
  }

  async read_to_end({ timeout_ms: timeoutMs }) {
    return (await this.reader.readToEnd(timeoutMs)).map(fromRecord)
  }

  close() {
    return this.reader.close()
  }
}

/** A member of a consumer group. */
class MemberTarget {
  constructor(servers, { group_id: groupId, topic, configs }) {
    this.member = new library.GroupMember(servers, groupId, topic, configs)
  }

  open() {
    return this.member.open()
  }

  async step({ timeout_ms: timeoutMs }) {
    await new Promise(resolve => setTimeout(resolve, timeoutMs))
    return this.state()
  }

  async close() {
    await this.member.close()
    return this.state()
  }

  state() {
    const { read, owned } = this.member
    return {
      read: read.splice(0).map(({ partition, offset, value }) => [partition, offset, toText(value)]),
      owned: [...owned],
    }
  }
}

/** A producer with a transactional id. */
class ProducerTarget {
  constructor(servers, { transactional_id: transactionalId, timeout_ms: timeoutMs }) {
    this.producer = new library.TransactionalProducer(servers, transactionalId, timeoutMs)
  }

  async open() {}

  init() {
    return this.producer.init()
  }

  begin() {
    return this.producer.begin()
  }

  send({ topic, partition, values }) {
    return this.producer.send(topic, partition, values.map(toBytes))
  }

  send_offsets({ offsets, group_id: groupId }) {
    const places = offsets.map(([topic, partition, offset]) => ({ topic, partition, offset }))
    return this.producer.sendOffsets(places, groupId)
  }

  commit() {
    return this.producer.commit()
  }

  abort() {
    return this.producer.abort()
  }

  close() {
    return this.producer.close()
  }
}

const KINDS = { client: ClientTarget, tail: TailTarget, member: MemberTarget, producer: ProducerTarget }
const targets = new Map()

/** Calls to one target follow one another, as those of an application that awaits them. */
async function call({ target, method, arguments: given }) {
  if (method === 'open') {
    const object = new KINDS[given.kind](given.bootstrap_servers || defaultServers, given)
    await object.open()
    targets.set(target, { object, last: Promise.resolve() })
    return null
  }
  const entry = targets.get(target)
  const work = entry.last.then(() => entry.object[method](given))
  entry.last = work.catch(() => {})
  return work
}

readline
  .createInterface({ input: process.stdin })
  .on('line', async line => {
    const request = JSON.parse(line)
    let reply
    try {
      reply = { id: request.id, result: (await call(request)) ?? null }
    } catch (error) {
      reply = { id: request.id, error: library.nameOf(error), message: String(error.stack) }
    }
    process.stdout.write(JSON.stringify(reply) + '\n')
  })
  .on('close', () => process.exit(0)) // consumers and producers that are still open die with the process
