// Bytes and kafkajs records as they travel in JSON.

'use strict'

const toBytes = text => (text === null ? null : Buffer.from(text, 'base64'))
const toText = bytes => (bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString('base64'))

/** Headers of kafkajs are an object: a name that comes twice has a list of values. */
function toHeaders(pairs) {
  const headers = {}
  for (const [name, value] of pairs) {
    if (name in headers) headers[name] = [].concat(headers[name], toBytes(value))
    else headers[name] = toBytes(value)
  }
  return headers
}

function fromHeaders(headers) {
  return Object.entries(headers || {}).flatMap(([name, value]) =>
    [].concat(value).map(one => [name, toText(one)])
  )
}

/** [partition, offset, key, value, headers, timestamp, is_log_append_time]; kafkajs does not tell the last one. */
function fromMessage(partition, message) {
  const { offset, key, value, headers, timestamp } = message
  return [partition, Number(offset), toText(key), toText(value), fromHeaders(headers), Number(timestamp), null]
}

module.exports = { toBytes, toText, toHeaders, fromMessage }
