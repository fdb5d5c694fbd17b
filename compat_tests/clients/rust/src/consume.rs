//! Reading chosen partitions from chosen offsets, without a group.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer, StreamConsumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, Timestamp, TopicPartitionList};
use serde::{Deserialize, Serialize};
use tokio::task::block_in_place;
use tokio::time::{timeout_at, Instant};

use crate::bytes::Bytes;

const EARLIEST: i64 = -2;
const LATEST: i64 = -1;
const CALL_TIMEOUT: Duration = Duration::from_secs(15);
const RETRY_PAUSE: Duration = Duration::from_millis(100);

/// One record as it was read; whoever sees it as an array sees its fields in this order.
#[derive(Serialize)]
pub struct Consumed(
    i32,                          // partition
    i64,                          // offset
    Option<Bytes>,                // key
    Option<Bytes>,                // value
    Vec<(String, Option<Bytes>)>, // headers
    Option<i64>,                  // timestamp in ms
    Option<bool>,                 // whether that is the broker's own time
);

impl From<&BorrowedMessage<'_>> for Consumed {
    fn from(message: &BorrowedMessage) -> Self {
        let headers = message.headers().map_or_else(Vec::new, |headers| {
            headers.iter().map(|header| (header.key.to_owned(), header.value.map(Bytes::from))).collect()
        });
        let is_log_append_time = match message.timestamp() {
            Timestamp::NotAvailable => None,
            Timestamp::CreateTime(_) => Some(false),
            Timestamp::LogAppendTime(_) => Some(true),
        };
        Self(
            message.partition(),
            message.offset(),
            message.key().map(Bytes::from),
            message.payload().map(Bytes::from),
            headers,
            message.timestamp().to_millis(),
            is_log_append_time,
        )
    }
}

/// Where to start and how to wait.
#[derive(Deserialize)]
pub struct TailOptions {
    topic: String,
    partitions: Vec<i32>,
    /// An offset, or `EARLIEST` or `LATEST`: the ends as they are at the opening.
    offset: i64,
    min_bytes: i32,
    max_wait_ms: i32,
    isolation_level: String,
}

/// A consumer that was told what to read.
pub struct Tail {
    consumer: StreamConsumer,
    topic: String,
    /// The next offset to read of each partition.
    next: HashMap<i32, Offset>,
    arrived: VecDeque<Consumed>,
}

impl Tail {
    pub fn open(config: &ClientConfig, options: TailOptions) -> KafkaResult<Self> {
        let consumer: StreamConsumer = config
            .clone()
            .set("group.id", "unused") // the library wants one, even where no group is joined
            .set("enable.auto.commit", "false")
            .set("auto.offset.reset", "earliest")
            .set("enable.partition.eof", "true")
            .set("isolation.level", options.isolation_level)
            .set("fetch.min.bytes", options.min_bytes.to_string())
            .set("fetch.wait.max.ms", options.max_wait_ms.to_string())
            .create()?;
        // A library that has no leader of the topic yet would look for it again only after half a second.
        block_in_place(|| consumer.fetch_metadata(Some(&options.topic), CALL_TIMEOUT))?;
        let mut next = HashMap::new();
        for partition in options.partitions {
            let start = match options.offset {
                EARLIEST => Offset::Beginning,
                LATEST => Offset::Offset(find_ends(&consumer, &options.topic, partition)?.1),
                offset => Offset::Offset(offset),
            };
            next.insert(partition, start);
        }
        let arrived = VecDeque::new();
        let tail = Self { consumer, topic: options.topic, next, arrived };
        tail.assign()?;
        Ok(tail)
    }

    fn assign(&self) -> KafkaResult<()> {
        let mut places = TopicPartitionList::new();
        for (&partition, &offset) in &self.next {
            places.add_partition_offset(&self.topic, partition, offset)?;
        }
        self.consumer.assign(&places)
    }

    /// Returns `count` records, or none when the time is over; what has arrived then stays for the next call.
    pub async fn take(&mut self, count: usize, timeout: Duration) -> KafkaResult<Vec<Consumed>> {
        let deadline = Instant::now() + timeout;
        while self.arrived.len() < count {
            match timeout_at(deadline, self.consumer.recv()).await {
                Err(_elapsed) => return Ok(Vec::new()),
                Ok(Ok(message)) => keep(&mut self.arrived, &mut self.next, &message),
                Ok(Err(error)) => ignore_passing(error)?,
            }
        }
        Ok(self.arrived.drain(..count).collect())
    }

    /// Returns everything up to where the partitions end now, as far as the isolation level allows.
    pub async fn read_to_end(&mut self, timeout: Duration) -> KafkaResult<Vec<Consumed>> {
        let deadline = Instant::now() + timeout;
        // Each end is announced once for an assignment. Offsets would not tell: what ends a transaction has one too.
        self.assign()?;
        let mut unfinished: HashSet<i32> = self.next.keys().copied().collect();
        while !unfinished.is_empty() {
            match timeout_at(deadline, self.consumer.recv()).await {
                Err(_elapsed) => return Err(KafkaError::NoMessageReceived),
                Ok(Ok(message)) => keep(&mut self.arrived, &mut self.next, &message),
                Ok(Err(KafkaError::PartitionEOF(partition))) => {
                    unfinished.remove(&partition);
                }
                Ok(Err(error)) => ignore_passing(error)?,
            }
        }
        Ok(self.arrived.drain(..).collect())
    }
}

/// Takes a record over: the message borrows memory of the library, which must not wait for its reader.
fn keep(arrived: &mut VecDeque<Consumed>, next: &mut HashMap<i32, Offset>, message: &BorrowedMessage) {
    next.insert(message.partition(), Offset::Offset(message.offset() + 1));
    arrived.push_back(message.into());
}

/// Lets pass what the library deals with itself: ends of partitions, brokers that are away for a while.
pub fn ignore_passing(error: KafkaError) -> KafkaResult<()> {
    match error {
        KafkaError::PartitionEOF(_) => Ok(()),
        KafkaError::MessageConsumption(code) if (code as i32) < 0 => Ok(()), // not the broker's word
        error => Err(error),
    }
}

/// Returns per partition the offset of a time in ms, of `EARLIEST` or of `LATEST`; -1 when no record is that young.
pub fn find_offsets(
    config: &ClientConfig,
    topic: &str,
    partitions: &[i32],
    timestamp_ms: i64,
) -> KafkaResult<HashMap<i32, i64>> {
    let consumer: BaseConsumer = config.create()?;
    if timestamp_ms == EARLIEST || timestamp_ms == LATEST {
        let find = |&partition: &i32| {
            let (earliest, latest) = find_ends(&consumer, topic, partition)?;
            Ok((partition, if timestamp_ms == EARLIEST { earliest } else { latest }))
        };
        return partitions.iter().map(find).collect();
    }
    let mut wanted = TopicPartitionList::new();
    for &partition in partitions {
        wanted.add_partition_offset(topic, partition, Offset::Offset(timestamp_ms))?;
        // the library asks that way
    }
    let found = block_in_place(|| consumer.offsets_for_times(wanted, CALL_TIMEOUT))?;
    let read = |(place, offset): ((String, i32), Offset)| match offset {
        Offset::Offset(offset) => Ok((place.1, offset)),
        Offset::End => Ok((place.1, -1)),
        _ => Err(KafkaError::OffsetFetch(RDKafkaErrorCode::Unknown)),
    };
    found.to_topic_map().into_iter().map(read).collect()
}

/// Returns where a partition begins and ends. Unlike reading, this call does not look for a new leader by itself.
fn find_ends<C: Consumer>(consumer: &C, topic: &str, partition: i32) -> KafkaResult<(i64, i64)> {
    let deadline = Instant::now() + CALL_TIMEOUT;
    block_in_place(|| loop {
        match consumer.fetch_watermarks(topic, partition, CALL_TIMEOUT) {
            Err(KafkaError::MetadataFetch(
                RDKafkaErrorCode::NotLeaderForPartition | RDKafkaErrorCode::LeaderNotAvailable,
            )) if Instant::now() < deadline => std::thread::sleep(RETRY_PAUSE),
            result => return result,
        }
    })
}
