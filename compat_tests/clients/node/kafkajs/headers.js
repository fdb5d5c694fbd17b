// kafkajs holds the headers of a record in an object: a name that comes twice has a list of values.

'use strict'

function toHeaders(pairs) {
  const headers = {}
  for (const [name, value] of pairs) {
    headers[name] = name in headers ? [].concat(headers[name], value) : value
  }
  return headers
}

const fromHeaders = headers =>
  Object.entries(headers || {}).flatMap(([name, value]) => [].concat(value).map(one => [name, one]))

module.exports = { toHeaders, fromHeaders }
