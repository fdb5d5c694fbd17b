// Administers topics and consumer groups.

'use strict'

const { ConfigResourceTypes } = require('kafkajs')
const { connect } = require('./connect')

const EARLIEST = -2
const LATEST = -1

class Admin {
  constructor(bootstrapServers) {
    this.admin = connect(bootstrapServers).admin({ retry: { initialRetryTime: 50, retries: 4 } })
  }

  async open() {
    await this.admin.connect()
  }

  // ---- topics ------------------------------------------------------------------------------------------------------

  async createTopic(topic, numPartitions, configs) {
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    const topics = [{ topic, numPartitions, replicationFactor: 1, configEntries }]
    const isCreated = await this.admin.createTopics({ topics, waitForLeaders: false })
    if (!isCreated) throw Object.assign(new Error(topic), { type: 'TOPIC_ALREADY_EXISTS' }) // kafkajs says false
  }

  async deleteTopic(topic) {
    await this.admin.deleteTopics({ topics: [topic] })
  }

  async createPartitions(topic, count) {
    await this.admin.createPartitions({ topicPartitions: [{ topic, count }] })
  }

  async listTopics() {
    return this.admin.listTopics()
  }

  /** Returns the leader of each partition. */
  async describeTopic(topic) {
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] })
    return Object.fromEntries(topics[0].partitions.map(({ partitionId, leader }) => [partitionId, leader]))
  }

  /** Returns per partition the first offset at or after a time, or where it begins or ends. */
  async findOffsets(topic, partitions, timestampMs) {
    const found =
      timestampMs === EARLIEST || timestampMs === LATEST
        ? await this.admin.fetchTopicOffsets(topic)
        : await this.admin.fetchTopicOffsetsByTimestamp(topic, timestampMs)
    const field = { [EARLIEST]: 'low', [LATEST]: 'high' }[timestampMs] || 'offset'
    const wanted = found.filter(({ partition }) => partitions.includes(partition))
    return Object.fromEntries(wanted.map(one => [one.partition, Number(one[field])]))
  }

  // ---- configs and cluster -----------------------------------------------------------------------------------------

  async describeConfigs(topic) {
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic }
    const { resources } = await this.admin.describeConfigs({ resources: [resource], includeSynonyms: false })
    return Object.fromEntries(resources[0].configEntries.map(({ configName, configValue }) => [configName, configValue]))
  }

  async alterConfigs(topic, configs) {
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic, configEntries }
    await this.admin.alterConfigs({ validateOnly: false, resources: [resource] })
  }

  /** Returns host and port of each broker by its id, and the controller's id. */
  async describeCluster() {
    const { brokers, controller } = await this.admin.describeCluster()
    const addresses = brokers.map(({ nodeId, host, port }) => [nodeId, [host, port]])
    return { brokers: Object.fromEntries(addresses), controllerId: controller }
  }

  // ---- groups ------------------------------------------------------------------------------------------------------

  /** Returns a group's type (kafkajs knows but one), assignor and number of members, and the offsets of its topic. */
  async describeGroup(groupId) {
    const { groups } = await this.admin.describeGroups([groupId])
    const topics = await this.admin.fetchOffsets({ groupId })
    const offsets = topics.flatMap(one => one.partitions).map(one => [one.partition, Number(one.offset)])
    const [{ protocol, members }] = groups
    return { type: 'Classic', assignor: protocol, memberCount: members.length, offsets: Object.fromEntries(offsets) }
  }

  async deleteGroup(groupId) {
    await this.admin.deleteGroups([groupId])
  }

  async close() {
    await this.admin.disconnect()
  }
}

module.exports = { Admin }
