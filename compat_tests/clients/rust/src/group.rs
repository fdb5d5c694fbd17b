//! Sharing the partitions of a topic with the other members of a group.

use std::collections::HashMap;
use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer, StreamConsumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::topic_partition_list::TopicPartitionListElem;
use rdkafka::{Offset, TopicPartitionList};
use serde::{Deserialize, Serialize};
use tokio::task::block_in_place;
use tokio::time::{timeout_at, Instant};

use crate::bytes::Bytes;
use crate::consume::ignore_passing;

const CALL_TIMEOUT: Duration = Duration::from_secs(15);
const MAX_STEP_COUNT: usize = 500;

/// Whom to join, for what, and settings of the library over this module's own.
#[derive(Deserialize)]
pub struct MemberOptions {
    group_id: String,
    topic: String,
    configs: HashMap<String, String>,
}

/// What a step brought.
#[derive(Serialize)]
pub struct Step {
    /// Partition, offset and value of each record.
    read: Vec<(i32, i64, Option<Bytes>)>,
    /// The partitions that are this member's now.
    owned: Vec<i32>,
}

/// A member of a group that reads, then commits what it read: a crash in between means to read again, never to lose.
pub struct Member {
    consumer: StreamConsumer,
    has_uncommitted: bool,
}

impl Member {
    pub fn join(config: &ClientConfig, options: MemberOptions) -> KafkaResult<Self> {
        let mut config = config.clone();
        config
            .set("group.id", options.group_id)
            .set("auto.offset.reset", "earliest")
            .set("enable.auto.commit", "false")
            .set("topic.metadata.refresh.interval.ms", "1000");
        // In the consumer protocol both are the broker's to say, and the library refuses to be told.
        if options.configs.get("group.protocol").map(String::as_str) != Some("consumer") {
            config.set("session.timeout.ms", "6000").set("heartbeat.interval.ms", "300");
        }
        config.extend(options.configs);
        let consumer: StreamConsumer = config.create()?;
        consumer.subscribe(&[&options.topic])?;
        Ok(Self { consumer, has_uncommitted: false })
    }

    /// Reads for that long at most, commits, and tells what came and what is owned.
    ///
    /// The group is joined, and left for a rebalance, while this waits.
    pub async fn step(&mut self, timeout: Duration) -> KafkaResult<Step> {
        let deadline = Instant::now() + timeout;
        let mut read = Vec::new();
        while read.len() < MAX_STEP_COUNT {
            match timeout_at(deadline, self.consumer.recv()).await {
                Err(_elapsed) => break,
                Ok(Ok(message)) => {
                    let value = message.payload().map(Bytes::from);
                    read.push((message.partition(), message.offset(), value));
                }
                Ok(Err(error)) => ignore_passing(error)?,
            }
        }
        self.has_uncommitted |= !read.is_empty();
        if self.has_uncommitted {
            self.commit()?;
        }
        Ok(Step { read, owned: self.owned()? })
    }

    fn commit(&mut self) -> KafkaResult<()> {
        match block_in_place(|| self.consumer.commit_consumer_state(CommitMode::Sync)) {
            Ok(()) | Err(KafkaError::ConsumerCommit(RDKafkaErrorCode::NoOffset)) => self.has_uncommitted = false,
            // The partitions went to somebody else, who reads them again; or the next step tries once more.
            Err(KafkaError::ConsumerCommit(_)) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn owned(&self) -> KafkaResult<Vec<i32>> {
        let assignment = self.consumer.assignment()?;
        Ok(assignment.elements().iter().map(TopicPartitionListElem::partition).collect())
    }

    /// Leaves the group, so that the others need not wait until the session is over.
    pub fn leave(self) -> Step {
        block_in_place(|| drop(self.consumer));
        Step { read: Vec::new(), owned: Vec::new() }
    }
}

/// A group as others see it.
#[derive(Serialize)]
pub struct Description {
    /// Which protocol its members speak.
    r#type: Option<String>,
    assignor: String,
    member_count: usize,
    offsets: HashMap<i32, i64>,
}

/// Describes a group and what it has committed for the partitions of a topic.
pub fn describe(config: &ClientConfig, group_id: &str) -> KafkaResult<Description> {
    // Offsets are asked for in the name of the group, without being a member of it.
    let consumer: BaseConsumer = config.clone().set("group.id", group_id).create()?;
    block_in_place(|| {
        let groups = consumer.fetch_group_list(Some(group_id), CALL_TIMEOUT)?;
        let group = groups.groups().first().ok_or(KafkaError::GroupListFetch(RDKafkaErrorCode::GroupIdNotFound))?;
        let mut places = TopicPartitionList::new();
        for topic in consumer.fetch_metadata(None, CALL_TIMEOUT)?.topics() {
            for partition in topic.partitions() {
                places.add_partition(topic.name(), partition.id());
            }
        }
        let mut offsets = HashMap::new();
        for ((_, partition), offset) in consumer.committed_offsets(places, CALL_TIMEOUT)?.to_topic_map() {
            if let Offset::Offset(offset) = offset {
                offsets.insert(partition, offset);
            }
        }
        Ok(Description {
            r#type: None, // this library does not tell
            assignor: group.protocol().to_owned(),
            member_count: group.members().len(),
            offsets,
        })
    })
}
