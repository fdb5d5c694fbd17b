// One connection to the cluster: the producers, consumers and administrators of kafkajs are all made from it.

'use strict'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = require('kafkajs')
const SnappyCodec = require('kafkajs-snappy')

CompressionCodecs[CompressionTypes.Snappy] = SnappyCodec // kafkajs itself brings gzip only

const connect = bootstrapServers =>
  new Kafka({
    clientId: 'kafkajs',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 30 }, // patience for a broker that restarts
  })

module.exports = { connect }
