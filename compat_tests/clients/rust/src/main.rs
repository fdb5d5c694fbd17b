//! rdkafka behind one line of JSON per call: `{"id", "target", "method", "arguments"}` comes in, `{"id", "result"}` or
//! `{"id", "error", "message"}` goes out; bytes travel as base64.
//!
//!     worker BOOTSTRAP_SERVERS
//!
//! An "open" makes a target, and may name other `bootstrap_servers` for it. Calls to one target follow one another,
//! those to different targets run side by side. How Kafka is used is in the other files; here is what connects them.

mod admin;
mod bytes;
mod consume;
mod failure;
mod group;
mod produce;
mod transactions;

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use rdkafka::config::{ClientConfig, RDKafkaLogLevel};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};

use admin::Admin;
use consume::Tail;
use failure::Failure;
use group::Member;
use produce::Producers;
use transactions::TransactionalProducer;

/// What was built in, for the report of a run.
const LOCKED_PACKAGES: &str = include_str!("../Cargo.lock");

#[derive(Deserialize)]
struct Call {
    id: u64,
    target: String,
    method: String,
    arguments: Value,
}

type Answer = Result<Value, Failure>;

fn main() -> io::Result<()> {
    let servers = std::env::args().nth(1).expect("the bootstrap servers are the only argument");
    let runtime = tokio::runtime::Runtime::new()?;
    let mut targets: HashMap<String, UnboundedSender<Call>> = HashMap::new();
    for line in io::stdin().lines() {
        let call: Call = serde_json::from_str(&line?)?;
        let queue = targets.entry(call.target.clone()).or_insert_with(|| {
            let (sender, receiver) = unbounded_channel();
            runtime.spawn(serve(servers.clone(), receiver));
            sender
        });
        queue.send(call).map_err(io::Error::other)?;
    }
    std::process::exit(0) // consumers and producers that are still open die with the process
}

/// Answers the calls to one target.
async fn serve(servers: String, mut calls: UnboundedReceiver<Call>) {
    let mut target = Target::Closed;
    while let Some(call) = calls.recv().await {
        let answer = match call.method.as_str() {
            "open" => Target::open(&servers, call.arguments).map(|opened| {
                target = opened;
                Value::Null
            }),
            "close" => close(std::mem::replace(&mut target, Target::Closed)),
            method => target.call(method, call.arguments).await,
        };
        let reply = match answer {
            Ok(result) => json!({"id": call.id, "result": result}),
            Err(failure) => json!({"id": call.id, "error": failure.name, "message": failure.message}),
        };
        // One write for the whole line, so that lines of other targets do not mix with it.
        io::stdout().write_all(format!("{reply}\n").as_bytes()).expect("somebody reads the answers");
    }
}

/// Something calls are made to.
enum Target {
    Client(Box<Client>),
    Tail(Tail),
    Member(Member),
    Producer(TransactionalProducer),
    Closed,
}

struct Client {
    config: ClientConfig,
    admin: Admin,
    producers: Producers,
}

impl Target {
    fn open(servers: &str, arguments: Value) -> Result<Self, Failure> {
        let mut config = ClientConfig::new();
        config
            .set("bootstrap.servers", arguments["bootstrap_servers"].as_str().unwrap_or(servers))
            .set("reconnect.backoff.max.ms", "200")
            .set_log_level(RDKafkaLogLevel::Critical);
        Ok(match arguments["kind"].as_str() {
            Some("client") => Self::Client(Box::new(Client {
                admin: Admin::new(&config)?,
                producers: Producers::new(config.clone()),
                config,
            })),
            Some("tail") => Self::Tail(Tail::open(&config, read(arguments)?)?),
            Some("member") => Self::Member(Member::join(&config, read(arguments)?)?),
            Some("producer") => Self::Producer(TransactionalProducer::new(&config, read(arguments)?)?),
            kind => return Err(Failure::wrong_call(format!("no kind {kind:?}"))),
        })
    }

    async fn call(&mut self, method: &str, arguments: Value) -> Answer {
        match self {
            Self::Client(client) => client.call(method, arguments).await,
            Self::Tail(tail) => call_tail(tail, method, arguments).await,
            Self::Member(member) if method == "step" => {
                let Wait { timeout_ms } = read(arguments)?;
                write(member.step(Duration::from_millis(timeout_ms)).await?)
            }
            Self::Producer(producer) => match call_producer(producer, method, arguments).await {
                // "Fatal" is all that the library says once it has given up: tell what made it so.
                Err(_) if producer.fatal_error().is_some() => Err(producer.fatal_error().expect("just seen").into()),
                answer => answer,
            },
            _ => Err(Failure::wrong_call(method)),
        }
    }
}

fn close(target: Target) -> Answer {
    match target {
        Target::Member(member) => write(member.leave()),
        target => {
            tokio::task::block_in_place(|| drop(target)); // the library ends its threads
            Ok(Value::Null)
        }
    }
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Failure> {
    serde_json::from_value(arguments).map_err(Failure::wrong_call)
}

fn write(result: impl Serialize) -> Answer {
    serde_json::to_value(result).map_err(Failure::wrong_call)
}

// ---- the arguments of each method ---------------------------------------------------------------------------------

#[derive(Deserialize)]
struct Wait {
    timeout_ms: u64,
}

#[derive(Deserialize)]
struct Take {
    count: usize,
    timeout_ms: u64,
}

#[derive(Deserialize)]
struct Produce {
    topic: String,
    records: Vec<produce::NewRecord>,
    #[serde(flatten)]
    guarantees: produce::Guarantees,
}

#[derive(Deserialize)]
struct FindOffsets {
    topic: String,
    partitions: Vec<i32>,
    timestamp_ms: i64,
}

#[derive(Deserialize)]
struct Topic {
    topic: String,
}

#[derive(Deserialize)]
struct CreateTopic {
    topic: String,
    partition_count: i32,
    configs: HashMap<String, String>,
}

#[derive(Deserialize)]
struct CreatePartitions {
    topic: String,
    count: usize,
}

#[derive(Deserialize)]
struct AlterConfigs {
    topic: String,
    configs: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Group {
    group_id: String,
}

#[derive(Deserialize)]
struct Send {
    topic: String,
    partition: i32,
    values: Vec<bytes::Bytes>,
}

#[derive(Deserialize)]
struct SendOffsets {
    offsets: Vec<(String, i32, i64)>,
    group_id: String,
}

impl Client {
    async fn call(&mut self, method: &str, arguments: Value) -> Answer {
        match method {
            "version" => write(version()),
            "produce" => {
                let Produce { topic, records, guarantees } = read(arguments)?;
                write(self.producers.produce(&topic, &records, guarantees).await?)
            }
            "find_offsets" => {
                let FindOffsets { topic, partitions, timestamp_ms } = read(arguments)?;
                write(consume::find_offsets(&self.config, &topic, &partitions, timestamp_ms)?)
            }
            "create_topic" => {
                let CreateTopic { topic, partition_count, configs } = read(arguments)?;
                write(self.admin.create_topic(&topic, partition_count, &configs).await?)
            }
            "delete_topic" => write(self.admin.delete_topic(&read::<Topic>(arguments)?.topic).await?),
            "create_partitions" => {
                let CreatePartitions { topic, count } = read(arguments)?;
                write(self.admin.create_partitions(&topic, count).await?)
            }
            "list_topics" => write(self.admin.list_topics()?),
            "describe_topic" => write(self.admin.describe_topic(&read::<Topic>(arguments)?.topic)?),
            "describe_configs" => write(self.admin.describe_configs(&read::<Topic>(arguments)?.topic).await?),
            "alter_configs" => {
                let AlterConfigs { topic, configs } = read(arguments)?;
                write(self.admin.alter_configs(&topic, &configs).await?)
            }
            // The library does not tell who the controller is.
            "describe_cluster" => Ok(json!({"brokers": self.admin.list_brokers()?, "controller_id": null})),
            "groups" => write(group::describe(&self.config, &read::<Group>(arguments)?.group_id)?),
            "delete_group" => write(self.admin.delete_group(&read::<Group>(arguments)?.group_id).await?),
            _ => Err(Failure::wrong_call(method)),
        }
    }
}

async fn call_tail(tail: &mut Tail, method: &str, arguments: Value) -> Answer {
    match method {
        "take" => {
            let Take { count, timeout_ms } = read(arguments)?;
            write(tail.take(count, Duration::from_millis(timeout_ms)).await?)
        }
        "read_to_end" => {
            let Wait { timeout_ms } = read(arguments)?;
            write(tail.read_to_end(Duration::from_millis(timeout_ms)).await?)
        }
        _ => Err(Failure::wrong_call(method)),
    }
}

async fn call_producer(producer: &mut TransactionalProducer, method: &str, arguments: Value) -> Answer {
    match method {
        "init" => write(producer.init()?),
        "begin" => write(producer.begin()?),
        "send" => {
            let Send { topic, partition, values } = read(arguments)?;
            write(producer.send(&topic, partition, &values).await?)
        }
        "send_offsets" => {
            let SendOffsets { offsets, group_id } = read(arguments)?;
            write(producer.send_offsets(&offsets, &group_id)?)
        }
        "commit" => write(producer.commit()?),
        "abort" => write(producer.abort()?),
        _ => Err(Failure::wrong_call(method)),
    }
}

/// Names the library and what it wraps, as built.
fn version() -> String {
    let (_, after) = LOCKED_PACKAGES.split_once("name = \"rdkafka\"\nversion = \"").expect("rdkafka is locked");
    let (locked, _) = after.split_once('"').expect("TOML");
    let (_, librdkafka) = rdkafka::util::get_rdkafka_version();
    format!("rdkafka {locked} (librdkafka {librdkafka})")
}
