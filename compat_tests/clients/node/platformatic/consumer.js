// Reads chosen partitions from a given offset on. A stream always belongs to a group, and the only member of a group gets
// all partitions: what comes from the others is dropped.

'use strict'

const { randomUUID } = require('node:crypto')
const { once } = require('node:events')
const { Consumer, FetchIsolationLevels } = require('@platformatic/kafka')
const { Inbox } = require('../inbox')
const { settings } = require('./settings')

const LATEST = -1

class PartitionReader {
  constructor(bootstrapServers, { topic, partitions, offset, minBytes, maxWaitMs, isReadCommitted }) {
    Object.assign(this, { topic, partitions, offset })
    this.inbox = new Inbox()
    this.consumer = new Consumer({
      ...settings(bootstrapServers),
      groupId: `reader-${randomUUID()}`,
      autocommit: false,
      minBytes,
      maxWaitTime: maxWaitMs,
      isolationLevel: FetchIsolationLevels[isReadCommitted ? 'READ_COMMITTED' : 'READ_UNCOMMITTED'],
    })
  }

  /** Returns once it is settled where each partition is read from. */
  async open() {
    this.stream = await this.consumer.consume({ topics: [this.topic], ...this.start() })
    this.stream.on('data', message => {
      if (this.partitions.includes(message.partition)) this.inbox.push(toRecord(message))
    })
    await once(this.stream, 'offsets')
  }

  /** An offset that is not there (any more) starts from the earliest. */
  start() {
    const { topic, offset } = this
    if (offset < 0) return { mode: offset === LATEST ? 'latest' : 'earliest', fallbackMode: 'earliest' }
    const offsets = this.partitions.map(partition => ({ topic, partition, offset: BigInt(offset) }))
    return { mode: 'manual', offsets, fallbackMode: 'earliest' }
  }

  take(count, timeoutMs) {
    return this.inbox.take(count, timeoutMs)
  }

  readToEnd(timeoutMs) {
    return this.inbox.takeToEnd(timeoutMs, () => once(this.stream, 'fetch'))
  }

  async close() {
    await this.consumer.close(true) // "force": together with the stream
  }
}

const toRecord = ({ partition, offset, key, value, headerEntries, timestamp }) => ({
  partition,
  offset: Number(offset),
  key,
  value,
  headers: headerEntries.map(([name, bytes]) => [name.toString(), bytes]),
  timestampMs: Number(timestamp),
  isLogAppendTime: null, // the library does not tell
})

module.exports = { PartitionReader }
