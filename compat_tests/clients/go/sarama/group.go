package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// strategies are made anew for each member: those that are sticky keep state.
var strategies = map[string]func() sarama.BalanceStrategy{
	"range":              sarama.NewBalanceStrategyRange,
	"roundrobin":         sarama.NewBalanceStrategyRoundRobin,
	"sticky":             sarama.NewBalanceStrategySticky,
	"cooperative-sticky": sarama.NewBalanceStrategyCooperativeSticky,
}

// member is a consumer in a group. It is also the handler that Sarama calls, from one goroutine for each partition.
type member struct {
	group    sarama.ConsumerGroup
	stop     context.CancelFunc
	finished chan struct{}
	mutex    sync.Mutex
	owned    map[int32]bool
	read     []worker.Consumed
}

func openMember(options worker.MemberOptions) (worker.Member, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	assignor := options.Configs.Assignor
	if assignor == "" {
		assignor = "range" // the one that clients of all languages have
	}
	group := &config.Consumer.Group
	group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{strategies[assignor]()}
	group.Rebalance.Retry.Backoff = 100 * time.Millisecond
	group.Session.Timeout = worker.SessionTimeout
	group.Heartbeat.Interval = worker.HeartbeatInterval
	group.InstanceId = options.Configs.InstanceID
	// Without it a group without commits begins with what is written from now on.
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	// What was marked is committed by the clock, and when a partition is given up.
	config.Consumer.Offsets.AutoCommit.Interval = 100 * time.Millisecond
	config.Metadata.RefreshFrequency = time.Second // new partitions are seen that quickly
	consumers, err := sarama.NewConsumerGroup([]string{options.Seed()}, options.GroupID, config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &member{group: consumers, stop: cancel, finished: make(chan struct{}), owned: map[int32]bool{}}
	go m.consume(ctx, options.Topic)
	return m, nil
}

// consume joins the group, over and over: Consume returns when the partitions are to be shared anew.
func (m *member) consume(ctx context.Context, topic string) {
	defer close(m.finished)
	for ctx.Err() == nil {
		err := m.group.Consume(ctx, []string{topic}, m)
		if errors.Is(err, sarama.ErrClosedConsumerGroup) {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "consumer group:", err)
			time.Sleep(100 * time.Millisecond) // the broker may be away
		}
	}
}

// Setup is called when partitions have been assigned.
func (m *member) Setup(sarama.ConsumerGroupSession) error { return nil }

// Cleanup is called when they are given up, after the last ConsumeClaim has returned.
func (m *member) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim handles one partition, until its channel is closed because the partition goes elsewhere.
func (m *member) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	m.own(claim.Partition(), true)
	defer m.own(claim.Partition(), false)
	for {
		select {
		case message, ok := <-claim.Messages():
			if !ok {
				return nil
			}
			m.keep(message)
			session.MarkMessage(message, "") // after it was handled: what is marked is not read again
		case <-session.Context().Done():
			// A rebalance has begun: whoever goes on to handle records is thrown out of the group.
			return nil
		}
	}
}

func (m *member) own(partition int32, isOwned bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if isOwned {
		m.owned[partition] = true
	} else {
		delete(m.owned, partition)
	}
}

func (m *member) keep(message *sarama.ConsumerMessage) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.read = append(m.read, toConsumed(message))
}

func (m *member) take() []worker.Consumed {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	read := m.read
	m.read = nil
	return read
}

// Step waits, and returns what the handler was given meanwhile.
func (m *member) Step(ctx context.Context) ([]worker.Consumed, error) {
	<-ctx.Done()
	return m.take(), nil
}

// Owned are the partitions that are being handled.
func (m *member) Owned() []int32 {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var owned []int32
	for partition := range m.owned {
		owned = append(owned, partition)
	}
	slices.Sort(owned)
	return owned
}

// Close commits what is marked and leaves the group; a static member stays one.
func (m *member) Close() ([]worker.Consumed, error) {
	m.stop()
	<-m.finished
	err := m.group.Close()
	return m.take(), err
}
