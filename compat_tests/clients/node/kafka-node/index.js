'use strict'

module.exports = {
  version: `kafka-node ${require('kafka-node/package.json').version}`,
  ...require('./admin'),
  ...require('./consumer'),
  ...require('./errors'),
  ...require('./group'),
  ...require('./producer'),
}
