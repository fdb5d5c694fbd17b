// Administers topics and consumer groups.

'use strict'

const { Admin: KafkaAdmin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } = require('@platformatic/kafka')
const { settings } = require('./settings')

const toEntries = configs => Object.entries(configs).map(([name, value]) => ({ name, value }))

class Admin {
  constructor(bootstrapServers) {
    this.admin = new KafkaAdmin({ ...settings(bootstrapServers), retries: 4, metadataMaxAge: 0 })
  }

  /** It connects with the first request. */
  async open() {}

  // ---- topics ------------------------------------------------------------------------------------------------------

  async createTopic(topic, partitions, configs) {
    await this.admin.createTopics({ topics: [topic], partitions, replicas: 1, configs: toEntries(configs) })
  }

  async deleteTopic(topic) {
    await this.admin.deleteTopics({ topics: [topic] })
  }

  async createPartitions(topic, count) {
    await this.admin.createPartitions({ topics: [{ name: topic, count, assignments: null }] })
  }

  async listTopics() {
    return this.admin.listTopics()
  }

  /** Returns the leader of each partition. */
  async describeTopic(topic) {
    const { topics } = await this.admin.metadata({ topics: [topic] })
    return Object.fromEntries(topics.get(topic).partitions.map(({ leader }, index) => [index, leader]))
  }

  /** Returns per partition the first offset at or after a time, or where it begins (-2) or ends (-1). */
  async findOffsets(topic, partitions, timestampMs) {
    const wanted = partitions.map(partitionIndex => ({ partitionIndex, timestamp: BigInt(timestampMs) }))
    const [found] = await this.admin.listOffsets({ topics: [{ name: topic, partitions: wanted }] })
    return Object.fromEntries(found.partitions.map(({ partitionIndex, offset }) => [partitionIndex, Number(offset)]))
  }

  // ---- configs and cluster -----------------------------------------------------------------------------------------

  async describeConfigs(topic) {
    const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configurationKeys: null }
    const [{ configs }] = await this.admin.describeConfigs({ resources: [resource] })
    return Object.fromEntries(configs.map(({ name, value }) => [name, value]))
  }

  async alterConfigs(topic, configs) {
    const configOperation = IncrementalAlterConfigOperationTypes.SET
    const changes = toEntries(configs).map(entry => ({ ...entry, configOperation }))
    const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs: changes }
    await this.admin.incrementalAlterConfigs({ resources: [resource] })
  }

  /** Returns host and port of each broker by its id, and the controller's id. */
  async describeCluster() {
    const { brokers, controllerId } = await this.admin.metadata({ topics: [] })
    const addresses = [...brokers].map(([nodeId, { host, port }]) => [nodeId, [host, port]])
    return { brokers: Object.fromEntries(addresses), controllerId }
  }

  // ---- groups ------------------------------------------------------------------------------------------------------

  /** Returns a group's type, its assignor and number of members, and the offsets of its topic. */
  async describeGroup(groupId) {
    const group = (await this.admin.describeGroups({ groups: [groupId] })).get(groupId)
    const type = (await this.admin.listGroups({ types: [] })).get(groupId)?.groupType ?? null
    const [{ topics }] = await this.admin.listConsumerGroupOffsets({ groups: [groupId] })
    const offsets = topics.flatMap(one => one.partitions).map(one => [one.partitionIndex, Number(one.committedOffset)])
    return {
      type: type && type[0].toUpperCase() + type.slice(1),
      assignor: group.protocol,
      memberCount: group.members.size,
      offsets: Object.fromEntries(offsets),
    }
  }

  async deleteGroup(groupId) {
    await this.admin.deleteGroups({ groups: [groupId] })
  }

  async close() {
    await this.admin.close()
  }
}

module.exports = { Admin }
