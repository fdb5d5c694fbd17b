// Reads chosen partitions from a given offset on. kafkajs has no consumer without a group: it seeks in one of its own.

'use strict'

const crypto = require('crypto')
const { Inbox } = require('../inbox')
const { connect } = require('./connect')
const { fromHeaders } = require('./headers')

const LATEST = -1

class PartitionReader {
  constructor(bootstrapServers, { topic, partitions, offset, minBytes, maxWaitMs, isReadCommitted }) {
    Object.assign(this, { topic, partitions, offset })
    this.inbox = new Inbox()
    this.nextOffsets = new Map()
    this.consumer = connect(bootstrapServers).consumer({
      groupId: `reader-${crypto.randomUUID()}`,
      sessionTimeout: 6000, // kafkajs may begin anew after errors, and its former self must be gone before it can
      heartbeatInterval: 1000,
      minBytes,
      maxWaitTimeInMs: maxWaitMs,
      readUncommitted: !isReadCommitted,
    })
  }

  async open() {
    await this.consumer.connect()
    await this.consumer.subscribe({ topic: this.topic, fromBeginning: this.offset !== LATEST })
    const joined = new Promise(resolve => this.consumer.on(this.consumer.events.GROUP_JOIN, resolve))
    await this.consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        if (this.partitions.includes(partition)) this.receive(toRecord(partition, message))
      },
    })
    if (this.offset >= 0) this.seek(this.offset)
    await joined
  }

  /** A consumer that commits nothing begins again at the start of a partition whenever it joins its group again. */
  receive(record) {
    if (record.offset < this.nextOffsets.get(record.partition)) return
    this.nextOffsets.set(record.partition, record.offset + 1)
    this.inbox.push(record)
  }

  seek(offset) {
    for (const partition of this.partitions) {
      this.consumer.seek({ topic: this.topic, partition, offset: String(offset) })
    }
  }

  take(count, timeoutMs) {
    return this.inbox.take(count, timeoutMs)
  }

  readToEnd(timeoutMs) {
    return this.inbox.takeToEnd(timeoutMs, () => this.nextFetch())
  }

  nextFetch() {
    return new Promise(resolve => {
      const forget = this.consumer.on(this.consumer.events.FETCH, () => resolve(forget()))
    })
  }

  /** Does not wait: kafkajs lets the fetch that is on its way come to its end first. */
  async close() {
    this.consumer.disconnect().catch(() => {})
  }
}

const toRecord = (partition, { offset, key, value, headers, timestamp }) => ({
  partition,
  offset: Number(offset),
  key,
  value,
  headers: fromHeaders(headers),
  timestampMs: Number(timestamp),
  isLogAppendTime: null, // kafkajs does not tell
})

module.exports = { PartitionReader }
