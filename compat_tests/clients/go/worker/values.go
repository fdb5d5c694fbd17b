package worker

import (
	"encoding/json"
	"fmt"
	"time"
)

// Produce asks for records to be written and acknowledged.
type Produce struct {
	Topic       string   `json:"topic"`
	Records     []Record `json:"records"`
	Compression string   `json:"compression"`
	Acks        int16    `json:"acks"`
	Idempotent  bool     `json:"idempotent"`
}

// Record is one record to write: a nil key or value is Kafka's null, a nil time or partition the library's choice.
type Record struct {
	Key         []byte   `json:"key"`
	Value       []byte   `json:"value"`
	Headers     []Header `json:"headers"`
	TimestampMs *int64   `json:"timestamp_ms"`
	Partition   *int32   `json:"partition"`
}

// Time is the record's time, or the zero time where the library is to choose.
func (r Record) Time() time.Time {
	if r.TimestampMs == nil {
		return time.Time{}
	}
	return time.UnixMilli(*r.TimestampMs)
}

// HasPartition tells whether the test chose the partitions of its records; it does so for all or for none.
func (p Produce) HasPartition() bool {
	return len(p.Records) > 0 && p.Records[0].Partition != nil
}

// Header travels as [name, value].
type Header struct {
	Name  string
	Value []byte
}

// MarshalJSON makes it [name, value].
func (h Header) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]any{h.Name, h.Value})
}

// UnmarshalJSON reads [name, value].
func (h *Header) UnmarshalJSON(text []byte) error {
	return unmarshalList(text, &h.Name, &h.Value)
}

// Place is where a record landed; the offset is -1 where nobody acknowledged it.
type Place struct {
	Partition int32
	Offset    int64
}

// MarshalJSON makes it [partition, offset].
func (p Place) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]int64{int64(p.Partition), p.Offset})
}

// Consumed is a record that was read.
type Consumed struct {
	Partition   int32
	Offset      int64
	Key         []byte
	Value       []byte
	Headers     []Header
	TimestampMs int64
	// IsLogAppendTime is nil where the library does not tell whose time it is.
	IsLogAppendTime *bool
}

// MarshalJSON makes it a list of all fields.
func (c Consumed) MarshalJSON() ([]byte, error) {
	headers := append([]Header{}, c.Headers...)
	return json.Marshal([]any{c.Partition, c.Offset, c.Key, c.Value, headers, c.TimestampMs, c.IsLogAppendTime})
}

// FindOffsets asks for the first offset at or after a time, which may be Earliest or Latest.
type FindOffsets struct {
	Topic       string  `json:"topic"`
	Partitions  []int32 `json:"partitions"`
	TimestampMs int64   `json:"timestamp_ms"`
}

// CreateTopic asks for a topic.
type CreateTopic struct {
	Topic          string            `json:"topic"`
	PartitionCount int32             `json:"partition_count"`
	Configs        map[string]string `json:"configs"`
}

// Cluster is the brokers by id, each [host, port], and the controller.
type Cluster struct {
	Brokers      map[int32][2]any `json:"brokers"`
	ControllerID *int32           `json:"controller_id"`
}

// Group is what a library tells of a consumer group; the offsets are those of all its partitions. The type is nil where
// the library knows classic groups only.
type Group struct {
	Type        *string         `json:"type"`
	Assignor    string          `json:"assignor"`
	MemberCount int             `json:"member_count"`
	Offsets     map[int32]int64 `json:"offsets"`
}

// TailOptions say what a consumer without a group reads, and from where: Earliest, Latest or an offset.
type TailOptions struct {
	Where
	Topic          string  `json:"topic"`
	Partitions     []int32 `json:"partitions"`
	Offset         int64   `json:"offset"`
	MinBytes       int32   `json:"min_bytes"`
	MaxWaitMs      int64   `json:"max_wait_ms"`
	IsolationLevel string  `json:"isolation_level"`
}

// MaxWait is how long the broker may wait for MinBytes.
func (o TailOptions) MaxWait() time.Duration { return time.Duration(o.MaxWaitMs) * time.Millisecond }

// IsReadCommitted tells whether records of aborted and open transactions are to be hidden.
func (o TailOptions) IsReadCommitted() bool { return o.IsolationLevel == "read_committed" }

// MemberOptions say which group to join. Configs are for the tests of one library: what it does not give, the example
// chooses.
type MemberOptions struct {
	Where
	GroupID string        `json:"group_id"`
	Topic   string        `json:"topic"`
	Configs MemberConfigs `json:"configs"`
}

// MemberConfigs are what a test may choose.
type MemberConfigs struct {
	// Assignor is "range", "roundrobin", "sticky" or "cooperative-sticky".
	Assignor string `json:"assignor"`
	// Protocol is "consumer" for groups of KIP-848, else "classic" or empty.
	Protocol string `json:"protocol"`
	// InstanceID makes a static member.
	InstanceID string `json:"group_instance_id"`
}

// What every member uses: the shortest session that brokers allow by default, and heartbeats that learn of a rebalance
// quickly. An application is well served by the defaults of its library.
const (
	SessionTimeout    = 6 * time.Second
	HeartbeatInterval = 300 * time.Millisecond
)

// ProducerOptions name a transactional producer.
type ProducerOptions struct {
	Where
	TransactionalID string `json:"transactional_id"`
	TimeoutMs       int64  `json:"timeout_ms"`
}

// Timeout is how long a transaction may stay open before the broker aborts it.
func (o ProducerOptions) Timeout() time.Duration {
	return time.Duration(o.TimeoutMs) * time.Millisecond
}

// CopierOptions name what to copy, in which group, and under which transactional id.
type CopierOptions struct {
	ProducerOptions
	GroupID string `json:"group_id"`
	From    string `json:"from"`
	To      string `json:"to"`
}

// MonitorOptions name a group and one of its topics.
type MonitorOptions struct {
	Where
	GroupID    string  `json:"group_id"`
	Topic      string  `json:"topic"`
	Partitions []int32 `json:"partitions"`
}

// Offset is the next offset that a group is to read of a partition.
type Offset struct {
	Topic     string
	Partition int32
	Offset    int64
}

// UnmarshalJSON reads [topic, partition, offset].
func (o *Offset) UnmarshalJSON(text []byte) error {
	return unmarshalList(text, &o.Topic, &o.Partition, &o.Offset)
}

func unmarshalList(text []byte, into ...any) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if len(parts) != len(into) {
		return fmt.Errorf("%d values in %s, not %d", len(parts), text, len(into))
	}
	for i, part := range parts {
		if err := json.Unmarshal(part, into[i]); err != nil {
			return err
		}
	}
	return nil
}
