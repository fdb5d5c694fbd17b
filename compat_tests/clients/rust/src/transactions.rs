//! Writing to several partitions, and moving on in what was read, all or nothing.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use rdkafka::{Offset, TopicPartitionList};
use serde::Deserialize;
use tokio::task::block_in_place;

use crate::bytes::Bytes;

const CALL_TIMEOUT: Duration = Duration::from_secs(20);

/// Who writes: whoever comes later with the same id takes over, and this one is fenced.
#[derive(Deserialize)]
pub struct ProducerOptions {
    transactional_id: String,
    timeout_ms: i32,
}

/// A producer whose records appear with the commit of their transaction.
pub struct TransactionalProducer {
    config: ClientConfig,
    producer: FutureProducer,
    /// One for each group that offsets are committed for: it tells which member of the group this is.
    consumers: HashMap<String, BaseConsumer>,
}

impl TransactionalProducer {
    pub fn new(config: &ClientConfig, options: ProducerOptions) -> KafkaResult<Self> {
        let producer = config
            .clone()
            .set("transactional.id", options.transactional_id)
            .set("transaction.timeout.ms", options.timeout_ms.to_string())
            .set("linger.ms", "0")
            .create()?;
        let consumers = HashMap::new();
        Ok(Self { config: config.clone(), producer, consumers })
    }

    /// Takes the transactional id over: an unfinished transaction of whoever had it before is aborted.
    pub fn init(&self) -> KafkaResult<()> {
        self.call(|producer| producer.init_transactions(CALL_TIMEOUT))
    }

    pub fn begin(&self) -> KafkaResult<()> {
        self.call(Producer::begin_transaction)
    }

    /// Writes values and returns once they are acknowledged: they are in the log, though nobody who waits for commits
    /// sees them yet.
    pub async fn send(&self, topic: &str, partition: i32, values: &[Bytes]) -> KafkaResult<()> {
        let mut reports = Vec::with_capacity(values.len());
        for value in values {
            let record: FutureRecord<[u8], [u8]> = FutureRecord::to(topic).partition(partition).payload(value);
            reports.push(self.producer.send_result(record).map_err(|(error, _)| error)?);
        }
        for report in reports {
            report.await.map_err(|_| KafkaError::Canceled)?.map_err(|(error, _record)| error)?;
        }
        Ok(())
    }

    /// Commits with the transaction where a group goes on reading.
    ///
    /// A program that reads in that group passes the metadata of its own consumer, so that a member that has lost its
    /// partitions is refused; without one the broker can only believe.
    pub fn send_offsets(&mut self, offsets: &[(String, i32, i64)], group_id: &str) -> KafkaResult<()> {
        if !self.consumers.contains_key(group_id) {
            let consumer = self.config.clone().set("group.id", group_id).create()?;
            self.consumers.insert(group_id.to_owned(), consumer);
        }
        let metadata = self.consumers[group_id].group_metadata().ok_or(KafkaError::NoMessageReceived)?;
        let mut places = TopicPartitionList::new();
        for (topic, partition, offset) in offsets {
            places.add_partition_offset(topic, *partition, Offset::Offset(*offset))?;
        }
        self.call(|producer| producer.send_offsets_to_transaction(&places, &metadata, CALL_TIMEOUT))
    }

    pub fn commit(&self) -> KafkaResult<()> {
        self.call(|producer| producer.commit_transaction(CALL_TIMEOUT))
    }

    pub fn abort(&self) -> KafkaResult<()> {
        self.call(|producer| producer.abort_transaction(CALL_TIMEOUT))
    }

    /// Repeats a call as long as the library says that this is all it takes.
    fn call(&self, work: impl Fn(&FutureProducer) -> KafkaResult<()>) -> KafkaResult<()> {
        let deadline = Instant::now() + CALL_TIMEOUT;
        block_in_place(|| loop {
            match work(&self.producer) {
                Err(KafkaError::Transaction(error)) if error.is_retriable() && Instant::now() < deadline => {}
                result => return result,
            }
        })
    }

    /// Why this producer can do nothing any more; `None` while it can.
    pub fn fatal_error(&self) -> Option<KafkaError> {
        let (code, _reason) = self.producer.client().fatal_error()?;
        Some(KafkaError::Global(code))
    }
}
