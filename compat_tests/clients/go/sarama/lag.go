package main

import (
	"context"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// findLag asks how far a group is behind: where the partitions end, less what is committed.
func findLag(_ context.Context, options worker.MonitorOptions) (map[int32]int64, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	client, err := sarama.NewClient([]string{options.Seed()}, config)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	admin, err := sarama.NewClusterAdminFromClient(client)
	if err != nil {
		return nil, err
	}
	committed, err := admin.ListConsumerGroupOffsets(
		options.GroupID, map[string][]int32{options.Topic: options.Partitions},
	)
	if err != nil {
		return nil, err
	}
	found := make(map[int32]int64, len(options.Partitions))
	for _, partition := range options.Partitions {
		end, err := client.GetOffset(options.Topic, partition, sarama.OffsetNewest)
		if err != nil {
			return nil, err
		}
		block := committed.GetBlock(options.Topic, partition)
		if block == nil {
			return nil, sarama.ErrUnknownTopicOrPartition
		}
		found[partition] = end - max(block.Offset, 0) // -1 where nothing is committed
	}
	return found, nil
}
