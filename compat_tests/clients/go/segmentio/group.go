package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

var balancers = map[string]kafka.GroupBalancer{
	"range":      kafka.RangeGroupBalancer{},
	"roundrobin": kafka.RoundRobinGroupBalancer{},
}

// member is a Reader in a group.
type member struct {
	reader   *kafka.Reader
	client   *kafka.Client
	options  worker.MemberOptions
	clientID string
}

func openMember(options worker.MemberOptions) (worker.Member, error) {
	assignor := options.Configs.Assignor
	if assignor == "" {
		assignor = "range" // the one that clients of all languages have
	}
	balancer, ok := balancers[assignor]
	if !ok || options.Configs.Protocol == "consumer" || options.Configs.InstanceID != "" {
		return nil, fmt.Errorf("kafka-go has none of %+v", options.Configs)
	}
	clientID := "kafka-go-example-" + rand.Text()
	config := kafka.ReaderConfig{
		Brokers:           []string{options.Seed()},
		Dialer:            &kafka.Dialer{ClientID: clientID, Timeout: 10 * time.Second, DualStack: true},
		GroupID:           options.GroupID,
		Topic:             options.Topic,
		GroupBalancers:    []kafka.GroupBalancer{balancer},
		SessionTimeout:    worker.SessionTimeout,
		HeartbeatInterval: worker.HeartbeatInterval,
		StartOffset:       kafka.FirstOffset, // where nothing is committed
		MaxWait:           200 * time.Millisecond,
		MaxBytes:          10 << 20,
		JoinGroupBackoff:  100 * time.Millisecond, // five seconds by default, which a group is without a member then
		MaxAttempts:       1000,                   // three by default, which a broker that restarts outlasts
		ReadBackoffMin:    10 * time.Millisecond,
		ReadBackoffMax:    100 * time.Millisecond,
		// Without this a member never reads partitions that a topic gets later.
		WatchPartitionChanges:  true,
		PartitionWatchInterval: time.Second,
	}
	if err := config.Validate(); err != nil {
		return nil, err // NewReader would panic
	}
	return &member{kafka.NewReader(config), &kafka.Client{Addr: kafka.TCP(options.Seed())}, options, clientID}, nil
}

// Step fetches, hands over, commits. ReadMessage would commit each message before it is handled.
func (m *member) Step(ctx context.Context) ([]worker.Consumed, error) {
	var messages []kafka.Message
	for {
		message, err := m.reader.FetchMessage(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			break
		}
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	read := make([]worker.Consumed, len(messages))
	for i, message := range messages {
		read[i] = toConsumed(message)
	}
	if len(messages) > 0 {
		m.commit(messages)
	}
	return read, nil
}

func (m *member) commit(messages []kafka.Message) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	if err := m.reader.CommitMessages(ctx, messages...); err != nil {
		// The group has been shared anew meanwhile: somebody else reads them again.
		fmt.Fprintln(os.Stderr, "commit:", err)
	}
}

// Owned asks the broker: a Reader does not tell which partitions it reads. The client id finds it among the members.
func (m *member) Owned() []int32 {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	described, err := m.client.DescribeGroups(ctx, &kafka.DescribeGroupsRequest{GroupIDs: []string{m.options.GroupID}})
	if err != nil {
		return nil
	}
	var owned []int32
	for _, group := range described.Groups {
		for _, one := range group.Members {
			if one.ClientID != m.clientID {
				continue
			}
			for _, topic := range one.MemberAssignments.Topics {
				for _, partition := range topic.Partitions {
					owned = append(owned, int32(partition))
				}
			}
		}
	}
	return owned
}

// Close leaves the group, so that the others need not wait for the end of the session.
func (m *member) Close() ([]worker.Consumed, error) {
	return nil, m.reader.Close()
}
