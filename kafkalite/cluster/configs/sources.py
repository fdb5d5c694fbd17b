"""Sources of a configuration's value, by number in DescribeConfigs and CreateTopics.

Source: org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource.
"""

from __future__ import annotations

UNKNOWN = 0
TOPIC_CONFIG = 1
DYNAMIC_BROKER_CONFIG = 2
DYNAMIC_DEFAULT_BROKER_CONFIG = 3
STATIC_BROKER_CONFIG = 4
DEFAULT_CONFIG = 5
DYNAMIC_BROKER_LOGGER_CONFIG = 6
CLIENT_METRICS_CONFIG = 7
GROUP_CONFIG = 8
