//! Errors under the names that Kafka itself gives them.

use std::fmt::Display;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

/// What goes back to the caller instead of a result.
#[derive(Debug)]
pub struct Failure {
    pub name: String,
    pub message: String,
}

impl Failure {
    /// A call that does not exist, or arguments that do not fit it.
    pub fn wrong_call(reason: impl Display) -> Self {
        Self { name: "WRONG_CALL".to_owned(), message: reason.to_string() }
    }
}

impl From<KafkaError> for Failure {
    fn from(error: KafkaError) -> Self {
        let code = match error {
            KafkaError::AdminOp(code) => Some(code), // `rdkafka_error_code` leaves administrators out
            _ => error.rdkafka_error_code(),
        };
        let name = code.map_or_else(|| to_constant_case(variant_of(&error)), name_of);
        Self { name, message: error.to_string() }
    }
}

/// Returns the name of the protocol's documentation. librdkafka spells nearly all of them alike, after the same words.
fn name_of(code: RDKafkaErrorCode) -> String {
    use RDKafkaErrorCode as Code;
    let exception = match code {
        Code::InvalidMessage => "CORRUPT_MESSAGE",
        Code::InvalidTopic => "INVALID_TOPIC_EXCEPTION",
        Code::InvalidTransactionalState => "INVALID_TXN_STATE",
        Code::MessageBatchTooLarge => "RECORD_LIST_TOO_LARGE",
        Code::MessageSizeTooLarge => "MESSAGE_TOO_LARGE",
        Code::NotLeaderForPartition => "NOT_LEADER_OR_FOLLOWER",
        Code::Fenced => "PRODUCER_FENCED", // the library's own code for it
        _ => return to_constant_case(&format!("{code:?}")),
    };
    exception.to_owned()
}

fn variant_of(error: &KafkaError) -> &'static str {
    match error {
        KafkaError::Canceled => "Canceled",
        KafkaError::ClientConfig(..) | KafkaError::ClientCreation(_) => "InvalidConfiguration",
        KafkaError::NoMessageReceived => "NothingArrived",
        _ => "ClientError",
    }
}

/// `TopicAlreadyExists` becomes `TOPIC_ALREADY_EXISTS`.
fn to_constant_case(name: &str) -> String {
    let mut constant = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !constant.is_empty() {
            constant.push('_');
        }
        constant.extend(letter.to_uppercase());
    }
    constant
}
