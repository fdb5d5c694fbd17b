// An application that writes records and administers topics; its producers stay open between calls.

'use strict'

const { CompressionTypes, ConfigResourceTypes } = require('kafkajs')
const { toBytes, toHeaders } = require('./bytes')

const CODECS = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy }
const EARLIEST = -2
const LATEST = -1
const MAX_CALL_BYTES = 1_000_000

class RecordClient {
  constructor(kafka) {
    this.kafka = kafka
    this.admin = kafka.admin({ retry: { initialRetryTime: 50, retries: 4 } })
    this.producers = new Map()
  }

  async open() {
    await this.admin.connect()
  }

  async produce({ topic, records, compression, acks, idempotent }) {
    const producer = await this.producer(idempotent)
    const messages = records.map(record => ({
      key: toBytes(record.key),
      value: toBytes(record.value),
      headers: toHeaders(record.headers),
      ...(record.timestamp_ms === null ? {} : { timestamp: String(record.timestamp_ms) }),
      ...(record.partition === null ? {} : { partition: record.partition }),
    }))
    const places = []
    for (const some of cut(messages)) {
      const batches = await producer.send({ topic, messages: some, acks, compression: CODECS[compression] })
      places.push(...placesOf(batches, some))
    }
    return places
  }

  async producer(idempotent) {
    if (!this.producers.has(idempotent)) {
      const producer = this.kafka.producer({ idempotent, allowAutoTopicCreation: true })
      await producer.connect()
      this.producers.set(idempotent, producer)
    }
    return this.producers.get(idempotent)
  }

  async find_offsets({ topic, partitions, timestamp_ms: timestamp }) {
    const isSpecial = timestamp === EARLIEST || timestamp === LATEST
    const found = isSpecial
      ? await this.admin.fetchTopicOffsets(topic)
      : await this.admin.fetchTopicOffsetsByTimestamp(topic, timestamp)
    const wanted = found.filter(({ partition }) => partitions.includes(partition))
    const field = { [EARLIEST]: 'low', [LATEST]: 'high' }[timestamp] || 'offset'
    return Object.fromEntries(wanted.map(one => [one.partition, Number(one[field])]))
  }

  async create_topic({ topic, partition_count: numPartitions, configs }) {
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    const topics = [{ topic, numPartitions, replicationFactor: 1, configEntries }]
    const isCreated = await this.admin.createTopics({ topics, waitForLeaders: false })
    if (!isCreated) throw Object.assign(new Error(topic), { type: 'TOPIC_ALREADY_EXISTS' }) // kafkajs says false
  }

  async delete_topic({ topic }) {
    await this.admin.deleteTopics({ topics: [topic] })
  }

  async create_partitions({ topic, count }) {
    await this.admin.createPartitions({ topicPartitions: [{ topic, count }] })
  }

  async list_topics() {
    return this.admin.listTopics()
  }

  async describe_topic({ topic }) {
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] })
    return Object.fromEntries(topics[0].partitions.map(one => [one.partitionId, one.leader]))
  }

  async describe_configs({ topic }) {
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic }
    const { resources } = await this.admin.describeConfigs({ resources: [resource], includeSynonyms: false })
    return Object.fromEntries(resources[0].configEntries.map(one => [one.configName, one.configValue]))
  }

  async alter_configs({ topic, configs }) {
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic, configEntries }
    await this.admin.alterConfigs({ validateOnly: false, resources: [resource] })
  }

  async describe_cluster() {
    const { brokers, controller } = await this.admin.describeCluster()
    const addresses = brokers.map(({ nodeId, host, port }) => [nodeId, [host, port]])
    return { brokers: Object.fromEntries(addresses), controller_id: controller }
  }

  /** Tells of one group its type (kafkajs knows but one), its assignor, its members and its offsets. */
  async groups({ group_id: groupId }) {
    const { groups } = await this.admin.describeGroups([groupId])
    const topics = await this.admin.fetchOffsets({ groupId })
    const offsets = topics.flatMap(one => one.partitions).map(one => [one.partition, Number(one.offset)])
    const [{ protocol: assignor, members }] = groups
    return { type: 'Classic', assignor, member_count: members.length, offsets: Object.fromEntries(offsets) }
  }

  async delete_group({ group_id: groupId }) {
    await this.admin.deleteGroups([groupId])
  }

  async close() {
    for (const producer of this.producers.values()) await producer.disconnect()
    await this.admin.disconnect()
  }
}

/** kafkajs makes one batch of all that a call sends to a partition: it is for the caller to keep it under a megabyte. */
function cut(messages) {
  const calls = [[]]
  let size = 0
  for (const message of messages) {
    size += message.value ? message.value.length : 0
    if (size > MAX_CALL_BYTES && calls[calls.length - 1].length > 0) {
      calls.push([])
      size = message.value.length
    }
    calls[calls.length - 1].push(message)
  }
  return calls
}

/** Where each message landed: kafkajs tells the first offset of each partition, and keeps the order within one. */
function placesOf(batches, messages) {
  if (batches.length === 0) return messages.map(({ partition = -1 }) => [partition, -1]) // nobody answered: acks 0
  const next = new Map(batches.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]))
  return messages.map(({ partition = batches[0].partition }) => {
    const offset = next.get(partition)
    next.set(partition, offset + 1)
    return [partition, offset]
  })
}

module.exports = { RecordClient }
