'use strict'

module.exports = {
  version: `kafkajs ${require('kafkajs/package.json').version}`,
  ...require('./admin'),
  ...require('./consumer'),
  ...require('./errors'),
  ...require('./group'),
  ...require('./producer'),
  ...require('./transactions'),
}
