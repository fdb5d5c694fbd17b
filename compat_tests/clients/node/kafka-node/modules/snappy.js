// What kafka-node calls `snappy` is a native package of its time, which newer releases of Node.js cannot build. This is
// the part of it that kafka-node calls, in JavaScript alone.

'use strict'

const { compress, uncompress } = require('snappyjs')

const withCallback = transform => (bytes, callback) => {
  let result
  try {
    result = transform(bytes)
  } catch (error) {
    return process.nextTick(callback, error)
  }
  process.nextTick(callback, null, Buffer.from(result))
}

module.exports = { compress: withCallback(compress), uncompress: withCallback(uncompress) }
