package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

var balancers = map[string]kgo.GroupBalancer{
	"range":              kgo.RangeBalancer(),
	"roundrobin":         kgo.RoundRobinBalancer(),
	"sticky":             kgo.StickyBalancer(),
	"cooperative-sticky": kgo.CooperativeStickyBalancer(),
}

// member is a consumer in a group that commits what it has handled.
type member struct {
	client *kgo.Client
	mutex  sync.Mutex // franz-go tells of rebalances from a goroutine of its own
	owned  map[int32]bool
}

func openMember(options worker.MemberOptions) (worker.Member, error) {
	m := &member{owned: map[int32]bool{}}
	assignor := options.Configs.Assignor
	if assignor == "" {
		assignor = "range" // the one that clients of all languages have
	}
	settings := []kgo.Opt{
		kgo.SeedBrokers(options.Seed()),
		kgo.ConsumerGroup(options.GroupID),
		kgo.ConsumeTopics(options.Topic),
		kgo.Balancers(balancers[assignor]),
		kgo.SessionTimeout(worker.SessionTimeout),
		kgo.HeartbeatInterval(worker.HeartbeatInterval),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		// Commits are made when the records have been handled, not by the clock.
		kgo.DisableAutoCommit(),
		// No partition goes to another member between a poll and AllowRebalance, so what was polled can be committed.
		kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsAssigned(m.assigned),
		kgo.OnPartitionsRevoked(m.revoked),
		kgo.OnPartitionsLost(m.revoked),
		kgo.FetchMaxWait(200 * time.Millisecond),
		// New partitions are seen that quickly.
		kgo.MetadataMinAge(100 * time.Millisecond),
		kgo.MetadataMaxAge(time.Second),
	}
	if options.Configs.Protocol == "consumer" {
		// Groups of KIP-848: the broker assigns the partitions, and range names one of its assignors.
		settings = append(settings, kgo.ServerSideBalancer())
	}
	if options.Configs.InstanceID != "" {
		settings = append(settings, kgo.InstanceID(options.Configs.InstanceID))
	}
	client, err := kgo.NewClient(settings...)
	m.client = client
	return m, err
}

// Step polls, hands over, commits, over and over: what is lost between two of them is read again by somebody.
func (m *member) Step(ctx context.Context) ([]worker.Consumed, error) {
	var read []worker.Consumed
	for ctx.Err() == nil {
		fetches := m.client.PollFetches(ctx)
		if err := m.check(fetches); err != nil {
			return nil, err
		}
		for record := range fetches.RecordsAll() {
			read = append(read, toConsumed(record))
		}
		err := m.commit()
		m.client.AllowRebalance()
		if err != nil {
			return nil, err
		}
	}
	return read, nil
}

// check returns what an application should stop for: franz-go itself goes on after whatever may pass.
func (m *member) check(fetches kgo.Fetches) error {
	err := fetches.Err()
	if errors.Is(err, context.DeadlineExceeded) || kerr.IsRetriable(err) {
		return nil
	}
	return err
}

func (m *member) commit() error {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	err := m.client.CommitUncommittedOffsets(ctx)
	for _, passing := range []error{
		kerr.RebalanceInProgress, kerr.IllegalGeneration, kerr.UnknownMemberID, kerr.StaleMemberEpoch,
	} {
		if errors.Is(err, passing) {
			return nil // somebody else reads them again
		}
	}
	return err
}

func (m *member) assigned(_ context.Context, _ *kgo.Client, added map[string][]int32) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, partitions := range added {
		for _, partition := range partitions {
			m.owned[partition] = true
		}
	}
}

func (m *member) revoked(_ context.Context, _ *kgo.Client, removed map[string][]int32) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, partitions := range removed {
		for _, partition := range partitions {
			delete(m.owned, partition)
		}
	}
}

// Owned are the partitions of the last assignment that were not revoked since.
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

// Close leaves the group, so that the others need not wait for the end of the session; a static member stays one.
func (m *member) Close() ([]worker.Consumed, error) {
	m.client.CloseAllowingRebalance()
	return nil, nil
}
