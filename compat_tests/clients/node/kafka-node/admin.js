// Asks for topics, brokers and offsets. kafka-node can change little of a cluster.

'use strict'

const { Admin: KafkaAdmin, Offset } = require('kafka-node')
const { ask, connect, enduring } = require('./connect')

class Admin {
  constructor(bootstrapServers) {
    this.bootstrapServers = bootstrapServers
  }

  async open() {
    this.client = await connect(this.bootstrapServers)
    this.admin = enduring(new KafkaAdmin(this.client))
    this.offset = enduring(new Offset(this.client))
  }

  async listTopics() {
    const [, { metadata }] = await ask(this.admin, 'listTopics')
    return Object.keys(metadata)
  }

  /** Returns the leader of each partition. */
  async describeTopic(topic) {
    const [, { error, metadata }] = await ask(this.client, 'loadMetadataForTopics', [topic])
    if (error) throw new Error(error[0])
    return Object.fromEntries(Object.values(metadata[topic]).map(({ partition, leader }) => [partition, leader]))
  }

  /** Returns host and port of each broker by its id, and the controller's id. */
  async describeCluster() {
    const [brokers, { clusterMetadata }] = await ask(this.admin, 'listTopics')
    const addresses = Object.values(brokers).map(({ nodeId, host, port }) => [nodeId, [host, port]])
    return { brokers: Object.fromEntries(addresses), controllerId: clusterMetadata.controllerId }
  }

  /** Returns where each partition begins (time -2) or ends (-1); another time is answered by segments only. */
  async findOffsets(topic, partitions, time) {
    const wanted = partitions.map(partition => ({ topic, partition, time, maxNum: 1 }))
    const found = await ask(this.offset, 'fetch', wanted)
    return Object.fromEntries(partitions.map(partition => [partition, found[topic][partition][0]]))
  }

  async close() {
    await ask(this.client, 'close')
  }
}

module.exports = { Admin }
