//! Writing records, and knowing where each of them landed.

use std::collections::HashMap;
use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use serde::Deserialize;

use crate::bytes::Bytes;

const FLUSH_TIMEOUT: Duration = Duration::from_secs(15);

/// One record to write: `None` as key or value is Kafka's null, as timestamp or partition the library's choice.
#[derive(Deserialize)]
pub struct NewRecord {
    pub key: Option<Bytes>,
    pub value: Option<Bytes>,
    pub headers: Vec<(String, Option<Bytes>)>,
    pub timestamp_ms: Option<i64>,
    pub partition: Option<i32>,
}

/// What a producer is made for; it cannot change afterwards.
#[derive(Clone, Deserialize, PartialEq, Eq, Hash)]
pub struct Guarantees {
    pub compression: String,
    /// How many replicas must have a record before it counts as written: 0 none, 1 the leader, -1 all in sync.
    pub acks: i32,
    pub idempotent: bool,
}

/// The producers of an application, each made on first use and kept: connections and batches are shared by all callers.
pub struct Producers {
    config: ClientConfig,
    open: HashMap<Guarantees, FutureProducer>,
}

impl Producers {
    pub fn new(config: ClientConfig) -> Self {
        let open = HashMap::new();
        Self { config, open }
    }

    /// Writes all records and returns the partition and offset of each, in the same order.
    ///
    /// The offset is -1 where nobody tells it, that is without acknowledgements.
    pub async fn produce(
        &mut self,
        topic: &str,
        records: &[NewRecord],
        guarantees: Guarantees,
    ) -> KafkaResult<Vec<(i32, i64)>> {
        let producer = self.producer(guarantees)?;
        let mut reports = Vec::with_capacity(records.len());
        for record in records {
            // This only queues the record. Awaiting each one would make a batch, and a round trip, of every single one.
            let queued = producer.send_result(to_future_record(topic, record));
            reports.push(queued.map_err(|(error, _)| error)?);
        }
        // Nothing else is coming: do not let the last batch wait for `linger.ms`.
        tokio::task::block_in_place(|| producer.flush(FLUSH_TIMEOUT))?;
        let mut places = Vec::with_capacity(reports.len());
        for report in reports {
            let delivered = report.await.map_err(|_| KafkaError::Canceled)?;
            let delivery = delivered.map_err(|(error, _record)| error)?;
            places.push((delivery.partition, delivery.offset.max(-1)));
        }
        Ok(places)
    }

    fn producer(&mut self, guarantees: Guarantees) -> KafkaResult<FutureProducer> {
        if let Some(producer) = self.open.get(&guarantees) {
            return Ok(producer.clone()); // a handle to the same producer
        }
        let producer: FutureProducer = self
            .config
            .clone()
            .set("compression.type", &guarantees.compression)
            .set("acks", guarantees.acks.to_string())
            .set("enable.idempotence", guarantees.idempotent.to_string())
            .set("linger.ms", "100")
            // The topic knows best what is too large; the library's own limit would keep the question from it.
            .set("message.max.bytes", "20000000")
            .set("message.timeout.ms", "15000")
            .create()?;
        self.open.insert(guarantees, producer.clone());
        Ok(producer)
    }
}

fn to_future_record<'a>(topic: &'a str, record: &'a NewRecord) -> FutureRecord<'a, [u8], [u8]> {
    let mut headers = OwnedHeaders::new();
    for (name, value) in &record.headers {
        let value = value.as_deref();
        headers = headers.insert(Header { key: name, value });
    }
    FutureRecord {
        topic,
        partition: record.partition,
        payload: record.value.as_deref(),
        key: record.key.as_deref(),
        timestamp: record.timestamp_ms,
        headers: (!record.headers.is_empty()).then_some(headers),
    }
}
