package main

import (
	"context"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

// findLag asks how far a group is behind: where the partitions end, less what is committed. A Reader of a group does not
// tell it: Reader.Lag is of those without a group.
func findLag(ctx context.Context, options worker.MonitorOptions) (map[int32]int64, error) {
	client := &kafka.Client{Addr: kafka.TCP(options.Seed())}
	partitions := make([]int, len(options.Partitions))
	for i, partition := range options.Partitions {
		partitions[i] = int(partition)
	}
	committed, err := client.OffsetFetch(ctx, &kafka.OffsetFetchRequest{
		GroupID: options.GroupID, Topics: map[string][]int{options.Topic: partitions},
	})
	if err != nil {
		return nil, err
	}
	if committed.Error != nil {
		return nil, committed.Error
	}
	found, err := listOffsets(ctx, client, worker.FindOffsets{
		Topic: options.Topic, Partitions: options.Partitions, TimestampMs: worker.Latest,
	})
	if err != nil {
		return nil, err
	}
	for _, one := range committed.Topics[options.Topic] {
		if one.Error != nil {
			return nil, one.Error
		}
		found[int32(one.Partition)] -= max(one.CommittedOffset, 0) // -1 where nothing is committed
	}
	return found, nil
}
