//! Topics, their configs, and the brokers.

use std::collections::HashMap;
use std::time::Duration;

use rdkafka::admin::{
    AdminClient, AdminOptions, AlterConfig, NewPartitions, NewTopic, ResourceSpecifier, TopicReplication,
};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::ClientConfig;
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::metadata::Metadata;
use tokio::task::block_in_place;

const CALL_TIMEOUT: Duration = Duration::from_secs(15);

/// Broker addresses by node id.
pub type Brokers = HashMap<i32, (String, i32)>;

/// An administrator's client. Calls that take many resources answer for each of them; here it is always one.
pub struct Admin {
    client: AdminClient<DefaultClientContext>,
    options: AdminOptions,
}

impl Admin {
    pub fn new(config: &ClientConfig) -> KafkaResult<Self> {
        // Without an operation timeout creating returns before the topic is known everywhere.
        let options = AdminOptions::new().operation_timeout(Some(CALL_TIMEOUT));
        Ok(Self { client: config.create()?, options })
    }

    pub async fn create_topic(
        &self,
        topic: &str,
        partition_count: i32,
        configs: &HashMap<String, String>,
    ) -> KafkaResult<()> {
        let mut new = NewTopic::new(topic, partition_count, TopicReplication::Fixed(1));
        for (name, value) in configs {
            new = new.set(name, value);
        }
        only(self.client.create_topics([&new], &self.options).await?)
    }

    pub async fn delete_topic(&self, topic: &str) -> KafkaResult<()> {
        only(self.client.delete_topics(&[topic], &self.options).await?)
    }

    pub async fn create_partitions(&self, topic: &str, total_count: usize) -> KafkaResult<()> {
        let more = NewPartitions::new(topic, total_count);
        only(self.client.create_partitions([&more], &self.options).await?)
    }

    pub async fn delete_group(&self, group_id: &str) -> KafkaResult<()> {
        only(self.client.delete_groups(&[group_id], &self.options).await?)
    }

    pub async fn describe_configs(&self, topic: &str) -> KafkaResult<HashMap<String, Option<String>>> {
        let resource = ResourceSpecifier::Topic(topic);
        let found = self.client.describe_configs([&resource], &self.options).await?;
        let resource = found.into_iter().next().ok_or(KafkaError::Canceled)?.map_err(KafkaError::AdminOp)?;
        Ok(resource.entries.into_iter().map(|entry| (entry.name, entry.value)).collect())
    }

    /// Sets configs. The library's call is the old one, which takes every config that it is not given back to default;
    /// and it leaves out what the broker says of each resource, so that only reading them again tells whether it did.
    pub async fn alter_configs(&self, topic: &str, configs: &HashMap<String, String>) -> KafkaResult<()> {
        let mut change = AlterConfig::new(ResourceSpecifier::Topic(topic));
        for (name, value) in configs {
            change = change.set(name, value);
        }
        only(self.client.alter_configs([&change], &self.options).await?)
    }

    pub fn list_topics(&self) -> KafkaResult<Vec<String>> {
        let metadata = self.fetch_metadata(None)?;
        Ok(metadata.topics().iter().map(|topic| topic.name().to_owned()).collect())
    }

    /// Returns the leader of each partition.
    pub fn describe_topic(&self, topic: &str) -> KafkaResult<HashMap<i32, i32>> {
        let metadata = self.fetch_metadata(Some(topic))?;
        let found = metadata.topics().first().ok_or(KafkaError::MetadataFetch(RDKafkaErrorCode::UnknownTopic))?;
        if let Some(error) = found.error() {
            return Err(KafkaError::MetadataFetch(error.into()));
        }
        Ok(found.partitions().iter().map(|partition| (partition.id(), partition.leader())).collect())
    }

    pub fn list_brokers(&self) -> KafkaResult<Brokers> {
        let metadata = self.fetch_metadata(None)?;
        Ok(metadata.brokers().iter().map(|one| (one.id(), (one.host().to_owned(), one.port()))).collect())
    }

    fn fetch_metadata(&self, topic: Option<&str>) -> KafkaResult<Metadata> {
        block_in_place(|| self.client.inner().fetch_metadata(topic, CALL_TIMEOUT))
    }
}

/// Makes the answer for the only resource the answer of the call.
fn only<Name>(results: Vec<Result<Name, (Name, RDKafkaErrorCode)>>) -> KafkaResult<()> {
    results.into_iter().try_for_each(|one| one.map(drop).map_err(|(_name, code)| KafkaError::AdminOp(code)))
}
