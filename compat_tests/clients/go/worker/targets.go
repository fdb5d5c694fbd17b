package worker

import (
	"context"
	"encoding/json"
	"time"
)

// What tests write for the ends of a partition, in place of an offset or a time.
const (
	Earliest = -2
	Latest   = -1
)

// quiet is how long nothing has to arrive before a partition counts as read, where its position does not tell.
const quiet = 1500 * time.Millisecond

// Where tells an "open" which broker to connect to.
type Where struct {
	BootstrapServers string `json:"bootstrap_servers"`
}

// Seed is the address to connect to first.
func (w Where) Seed() string {
	if w.BootstrapServers == "" {
		return BootstrapServers()
	}
	return w.BootstrapServers
}

// Client writes records and administers topics and groups; its producers stay open between calls.
type Client interface {
	Produce(context.Context, Produce) ([]Place, error)
	FindOffsets(context.Context, FindOffsets) (map[int32]int64, error)
	CreateTopic(context.Context, CreateTopic) error
	DeleteTopic(ctx context.Context, topic string) error
	CreatePartitions(ctx context.Context, topic string, count int32) error
	ListTopics(context.Context) ([]string, error)
	DescribeTopic(ctx context.Context, topic string) (map[int32]int32, error)
	DescribeConfigs(ctx context.Context, topic string) (map[string]*string, error)
	AlterConfigs(ctx context.Context, topic string, configs map[string]string) error
	DescribeCluster(context.Context) (Cluster, error)
	DescribeGroup(ctx context.Context, group string) (Group, error)
	DeleteGroup(ctx context.Context, group string) error
	Version() string
	Close() error
}

// OpenClient makes targets of the kind "client".
func OpenClient(open func(seed string) (Client, error)) Opener {
	return func(_ context.Context, arguments json.RawMessage) (Methods, error) {
		var where Where
		if err := json.Unmarshal(arguments, &where); err != nil {
			return nil, err
		}
		client, err := open(where.Seed())
		if err != nil {
			return nil, err
		}
		return clientMethods(client), nil
	}
}

// named are the arguments of the calls that are about one topic or one group.
type named struct {
	Topic   string            `json:"topic"`
	GroupID string            `json:"group_id"`
	Count   int32             `json:"count"`
	Configs map[string]string `json:"configs"`
}

func clientMethods(client Client) Methods {
	return Methods{
		"produce":      Call(client.Produce),
		"find_offsets": Call(client.FindOffsets),
		"create_topic": Call(func(ctx context.Context, wanted CreateTopic) (any, error) {
			return nil, client.CreateTopic(ctx, wanted)
		}),
		"delete_topic": Call(func(ctx context.Context, of named) (any, error) {
			return nil, client.DeleteTopic(ctx, of.Topic)
		}),
		"create_partitions": Call(func(ctx context.Context, of named) (any, error) {
			return nil, client.CreatePartitions(ctx, of.Topic, of.Count)
		}),
		"list_topics": Get(client.ListTopics),
		"describe_topic": Call(func(ctx context.Context, of named) (map[int32]int32, error) {
			return client.DescribeTopic(ctx, of.Topic)
		}),
		"describe_configs": Call(func(ctx context.Context, of named) (map[string]*string, error) {
			return client.DescribeConfigs(ctx, of.Topic)
		}),
		"alter_configs": Call(func(ctx context.Context, of named) (any, error) {
			return nil, client.AlterConfigs(ctx, of.Topic, of.Configs)
		}),
		"describe_cluster": Get(client.DescribeCluster),
		"groups": Call(func(ctx context.Context, of named) (Group, error) {
			return client.DescribeGroup(ctx, of.GroupID)
		}),
		"delete_group": Call(func(ctx context.Context, of named) (any, error) {
			return nil, client.DeleteGroup(ctx, of.GroupID)
		}),
		"version": Get(func(context.Context) (string, error) { return client.Version(), nil }),
		"close":   Do(func(context.Context) error { return client.Close() }),
	}
}

// Tail is a consumer of assigned partitions, without a group; it reads on where it stopped.
type Tail interface {
	// Read waits until something arrives or the context ends, and returns what came: maybe nothing.
	Read(context.Context) ([]Consumed, error)
	// FindEnds tells where the partitions end now, for the isolation level of the tail.
	FindEnds(context.Context) (map[int32]int64, error)
	// Position is the offset after the last one that is known to be read of a partition.
	Position(partition int32) int64
	Close() error
}

// OpenTail makes targets of the kind "tail".
func OpenTail(open func(context.Context, TailOptions) (Tail, error)) Opener {
	return func(ctx context.Context, arguments json.RawMessage) (Methods, error) {
		var options TailOptions
		if err := json.Unmarshal(arguments, &options); err != nil {
			return nil, err
		}
		tail, err := open(ctx, options)
		if err != nil {
			return nil, err
		}
		buffer := &buffered{tail: tail}
		return Methods{
			"take":        Call(buffer.take),
			"read_to_end": Call(buffer.readToEnd),
			"close":       Do(func(context.Context) error { return tail.Close() }),
		}, nil
	}
}

// buffered keeps what arrived and was not asked for yet.
type buffered struct {
	tail    Tail
	arrived []Consumed
}

type take struct {
	Count     int   `json:"count"`
	TimeoutMs int64 `json:"timeout_ms"`
}

func (t take) timeout() time.Duration { return time.Duration(t.TimeoutMs) * time.Millisecond }

// take returns that many records, or none when the time is over; then they stay for the next call.
func (b *buffered) take(ctx context.Context, wanted take) ([]Consumed, error) {
	ctx, cancel := context.WithTimeout(ctx, wanted.timeout())
	defer cancel()
	for len(b.arrived) < wanted.Count && ctx.Err() == nil {
		records, err := b.tail.Read(ctx)
		if err != nil {
			return nil, err
		}
		b.arrived = append(b.arrived, records...)
	}
	if len(b.arrived) < wanted.Count {
		return []Consumed{}, nil
	}
	taken := b.arrived[:wanted.Count:wanted.Count]
	b.arrived = b.arrived[wanted.Count:]
	return taken, nil
}

// readToEnd returns all records up to where the partitions end now.
//
// No library of Go tells its position, only the records it hands over. What is not handed over takes offsets too, the
// markers of transactions and what was aborted: where it comes last before the end it is silence that ends the reading.
func (b *buffered) readToEnd(ctx context.Context, wanted take) ([]Consumed, error) {
	ctx, cancel := context.WithTimeout(ctx, wanted.timeout())
	defer cancel()
	ends, err := b.tail.FindEnds(ctx)
	if err != nil {
		return nil, err
	}
	for lastArrival := time.Now(); !b.isAt(ends) && time.Since(lastArrival) < quiet; {
		wait, cancel := context.WithTimeout(ctx, quiet)
		records, err := b.tail.Read(wait)
		cancel()
		if err != nil {
			return nil, err
		}
		if len(records) > 0 {
			lastArrival = time.Now()
		}
		b.arrived = append(b.arrived, records...)
	}
	taken := append([]Consumed{}, b.arrived...)
	b.arrived = nil
	return taken, ctx.Err()
}

func (b *buffered) isAt(ends map[int32]int64) bool {
	for partition, end := range ends {
		if b.tail.Position(partition) < end {
			return false
		}
	}
	return true
}

// Member is a member of a consumer group, which commits what it has handed over.
type Member interface {
	// Step reads until the context ends, and returns what it read and commits it.
	Step(context.Context) ([]Consumed, error)
	// Owned are the partitions that the member reads now.
	Owned() []int32
	// Close leaves the group; it returns what was committed and not handed over yet.
	Close() ([]Consumed, error)
}

// OpenMember makes targets of the kind "member".
func OpenMember(open func(MemberOptions) (Member, error)) Opener {
	return func(_ context.Context, arguments json.RawMessage) (Methods, error) {
		var options MemberOptions
		if err := json.Unmarshal(arguments, &options); err != nil {
			return nil, err
		}
		member, err := open(options)
		if err != nil {
			return nil, err
		}
		return Methods{
			"step": Call(func(ctx context.Context, wanted take) (membership, error) {
				ctx, cancel := context.WithTimeout(ctx, wanted.timeout())
				defer cancel()
				records, err := member.Step(ctx)
				return newMembership(records, member.Owned()), err
			}),
			"close": Get(func(context.Context) (membership, error) {
				records, err := member.Close()
				return newMembership(records, nil), err
			}),
		}, nil
	}
}

// membership is what a member read and owns.
type membership struct {
	Read  [][3]any `json:"read"`
	Owned []int32  `json:"owned"`
}

func newMembership(records []Consumed, owned []int32) membership {
	found := membership{Read: [][3]any{}, Owned: append([]int32{}, owned...)}
	for _, record := range records {
		found.Read = append(found.Read, [3]any{record.Partition, record.Offset, record.Value})
	}
	return found
}

// Producer is a producer with a transactional id, step by step.
type Producer interface {
	// Init takes the transactional id over: others that have it are fenced from then on.
	Init(context.Context) error
	Begin(context.Context) error
	// Send returns once the values are acknowledged.
	Send(ctx context.Context, topic string, partition int32, values [][]byte) error
	// SendOffsets commits offsets of a group with the transaction.
	SendOffsets(ctx context.Context, group string, offsets []Offset) error
	Commit(context.Context) error
	Abort(context.Context) error
	Close() error
}

// OpenProducer makes targets of the kind "producer".
func OpenProducer(open func(ProducerOptions) (Producer, error)) Opener {
	return func(_ context.Context, arguments json.RawMessage) (Methods, error) {
		var options ProducerOptions
		if err := json.Unmarshal(arguments, &options); err != nil {
			return nil, err
		}
		producer, err := open(options)
		if err != nil {
			return nil, err
		}
		return Methods{
			"init":  Do(producer.Init),
			"begin": Do(producer.Begin),
			"send": Call(func(ctx context.Context, to send) (any, error) {
				return nil, producer.Send(ctx, to.Topic, to.Partition, to.Values)
			}),
			"send_offsets": Call(func(ctx context.Context, to sendOffsets) (any, error) {
				return nil, producer.SendOffsets(ctx, to.GroupID, to.Offsets)
			}),
			"commit": Do(producer.Commit),
			"abort":  Do(producer.Abort),
			"close":  Do(func(context.Context) error { return producer.Close() }),
		}, nil
	}
}

type send struct {
	Topic     string   `json:"topic"`
	Partition int32    `json:"partition"`
	Values    [][]byte `json:"values"`
}

type sendOffsets struct {
	GroupID string   `json:"group_id"`
	Offsets []Offset `json:"offsets"`
}

// Copier is a member of a group that copies a topic exactly once.
type Copier interface {
	// Step copies until the context ends, and returns how many copies were committed.
	Step(context.Context) (int, error)
	Close() error
}

// OpenCopier makes targets of the kind "copier".
func OpenCopier(open func(CopierOptions) (Copier, error)) Opener {
	return func(_ context.Context, arguments json.RawMessage) (Methods, error) {
		var options CopierOptions
		if err := json.Unmarshal(arguments, &options); err != nil {
			return nil, err
		}
		copier, err := open(options)
		if err != nil {
			return nil, err
		}
		return Methods{
			"step": Call(func(ctx context.Context, wanted take) (int, error) {
				ctx, cancel := context.WithTimeout(ctx, wanted.timeout())
				defer cancel()
				return copier.Step(ctx)
			}),
			"close": Do(func(context.Context) error { return copier.Close() }),
		}, nil
	}
}

// OpenMonitor makes targets of the kind "monitor", which tell how many records of each partition a group has not
// committed yet.
func OpenMonitor(findLag func(context.Context, MonitorOptions) (map[int32]int64, error)) Opener {
	return func(_ context.Context, arguments json.RawMessage) (Methods, error) {
		var options MonitorOptions
		if err := json.Unmarshal(arguments, &options); err != nil {
			return nil, err
		}
		return Methods{
			"lag": Get(func(ctx context.Context) (map[int32]int64, error) { return findLag(ctx, options) }),
		}, nil
	}
}
