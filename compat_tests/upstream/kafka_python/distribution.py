"""A substitute for the unpacked Apache Kafka of kafka-python's fixtures: three shell scripts and templates of settings.

The fixtures (`KafkaFixture`) start a separate broker for every test module, and for every SASL mechanism, from a
distribution of Apache Kafka: they fill the templates, format the log directory and run the scripts of `bin/`. Each
script here calls `node.py`, which does the same with the broker under test. The tests thus get the settings that they
request, from kafkalite and from Apache Kafka alike.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

SCRIPTS = ("kafka-run-class.sh", "kafka-storage.sh", "kafka-topics.sh")

# Few partitions of internal topics and no wait before a group starts, for speed; one test wants sessions of 3 s, below
# Kafka's default minimum. The fixture fills its attributes in with str.format: doubled braces are braces.
KAFKA_PROPERTIES = """\
process.roles=broker,controller
node.id={broker_id}
listeners={transport}://{host}:{port},CONTROLLER://{host}:{controller_port}
advertised.listeners={transport}://{host}:{port}
security.inter.broker.protocol={transport}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT
controller.quorum.voters={broker_id}@{host}:{controller_port}
log.dirs={tmp_dir}/data
num.partitions={partitions}
default.replication.factor={replicas}
auto.create.topics.enable={auto_create_topic}
offsets.topic.replication.factor={replicas}
transaction.state.log.replication.factor={replicas}
offsets.topic.num.partitions=4
transaction.state.log.min.isr={replicas}
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
sasl.jaas.config={jaas_config}
{sasl_config}
{ssl_config}
{acl_config}
"""
JAAS_CONF = "# the login module is in kafka.properties\n"
SASL_COMMAND_CONF = """\
security.protocol={transport}
sasl.mechanism={sasl_mechanism}
sasl.jaas.config={jaas_config}
"""
LOG4J_PROPERTIES = "# the scripts of this distribution log as they like\n"

RESOURCES = {
    "kafka.properties": KAFKA_PROPERTIES,
    "kafka_server_jaas.conf": JAAS_CONF,
    "sasl_command.conf": SASL_COMMAND_CONF,
    "log4j.properties": LOG4J_PROPERTIES,
}


def write_distribution(directory: Path, broker: str) -> dict[str, str]:
    """Write the scripts and the templates for one kind of broker (`kafkalite`, `kafka` or `kafka:VERSION`).

    Returns the environment variables that make kafka-python's fixtures use them.
    """
    scripts, resources = directory / "bin", directory / "servers" / "resources" / "default"
    for folder in (scripts, resources):
        folder.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        command = [sys.executable, "-m", "compat_tests.upstream.kafka_python.node", broker, name]
        (scripts / name).write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        (scripts / name).chmod(0o755)
    for name, text in RESOURCES.items():
        (resources / name).write_text(text)
    return {"PROJECT_ROOT": str(directory), "KAFKA_ROOT": str(directory)}
