package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// client administers topics and groups, and has the producers of produce.go.
type client struct {
	seed      string
	kafka     sarama.Client
	admin     sarama.ClusterAdmin
	producers map[producerSettings]sarama.SyncProducer
}

func openClient(seed string) (worker.Client, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	kafka, err := sarama.NewClient([]string{seed}, config)
	if err != nil {
		return nil, err
	}
	admin, err := sarama.NewClusterAdminFromClient(kafka)
	if err != nil {
		return nil, err
	}
	return &client{seed, kafka, admin, map[producerSettings]sarama.SyncProducer{}}, nil
}

// CreateTopic creates a topic on one broker.
func (c *client) CreateTopic(_ context.Context, wanted worker.CreateTopic) error {
	configs := make(map[string]*string, len(wanted.Configs))
	for name, value := range wanted.Configs {
		configs[name] = &value
	}
	detail := &sarama.TopicDetail{NumPartitions: wanted.PartitionCount, ReplicationFactor: 1, ConfigEntries: configs}
	return c.admin.CreateTopic(wanted.Topic, detail, false)
}

func (c *client) DeleteTopic(_ context.Context, topic string) error {
	return c.admin.DeleteTopic(topic)
}

// CreatePartitions raises the number of partitions to count.
func (c *client) CreatePartitions(_ context.Context, topic string, count int32) error {
	return c.admin.CreatePartitions(topic, count, nil, false)
}

// ListTopics asks the broker: a client answers from the metadata it has, unless that is refreshed.
func (c *client) ListTopics(context.Context) ([]string, error) {
	if err := c.kafka.RefreshMetadata(); err != nil {
		return nil, err
	}
	return c.kafka.Topics()
}

// DescribeTopic tells the leader of each partition.
func (c *client) DescribeTopic(_ context.Context, topic string) (map[int32]int32, error) {
	described, err := c.admin.DescribeTopics([]string{topic})
	if err != nil {
		return nil, err
	}
	leaders := map[int32]int32{}
	for _, one := range described {
		if one.Err != sarama.ErrNoError {
			return nil, one.Err
		}
		for _, partition := range one.Partitions {
			leaders[partition.ID] = partition.Leader
		}
	}
	return leaders, nil
}

func (c *client) DescribeConfigs(_ context.Context, topic string) (map[string]*string, error) {
	entries, err := c.admin.DescribeConfig(sarama.ConfigResource{Type: sarama.TopicResource, Name: topic})
	if err != nil {
		return nil, err
	}
	configs := make(map[string]*string, len(entries))
	for _, entry := range entries {
		configs[entry.Name] = &entry.Value
	}
	return configs, nil
}

// AlterConfigs sets some configs and leaves the others; AlterConfig would put all others back to their defaults.
func (c *client) AlterConfigs(_ context.Context, topic string, configs map[string]string) error {
	entries := make(map[string]sarama.IncrementalAlterConfigsEntry, len(configs))
	for name, value := range configs {
		entries[name] = sarama.IncrementalAlterConfigsEntry{
			Operation: sarama.IncrementalAlterConfigsOperationSet, Value: &value,
		}
	}
	return c.admin.IncrementalAlterConfig(sarama.TopicResource, topic, entries, false)
}

func (c *client) DescribeCluster(context.Context) (worker.Cluster, error) {
	found, controller, err := c.admin.DescribeCluster()
	if err != nil {
		return worker.Cluster{}, err
	}
	brokers := make(map[int32][2]any, len(found))
	for _, broker := range found {
		host, text, err := net.SplitHostPort(broker.Addr())
		if err != nil {
			return worker.Cluster{}, err
		}
		port, err := strconv.Atoi(text)
		if err != nil {
			return worker.Cluster{}, err
		}
		brokers[broker.ID()] = [2]any{host, port}
	}
	return worker.Cluster{Brokers: brokers, ControllerID: &controller}, nil
}

// FindOffsets looks offsets up by time, for one partition after the other.
func (c *client) FindOffsets(ctx context.Context, wanted worker.FindOffsets) (map[int32]int64, error) {
	if err := c.kafka.RefreshMetadata(wanted.Topic); err != nil { // partitions may be new
		return nil, err
	}
	found := make(map[int32]int64, len(wanted.Partitions))
	for _, partition := range wanted.Partitions {
		offset, err := c.getOffset(ctx, wanted.Topic, partition, wanted.TimestampMs)
		if err != nil {
			return nil, err
		}
		found[partition] = offset
	}
	return found, nil
}

// getOffset goes on asking for as long as the leader of a new partition does not answer yet: Sarama tries twice only.
func (c *client) getOffset(ctx context.Context, topic string, partition int32, timestampMs int64) (int64, error) {
	for {
		offset, err := c.kafka.GetOffset(topic, partition, timestampMs)
		if !errors.Is(err, sarama.ErrNotLeaderForPartition) || ctx.Err() != nil {
			return offset, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// DescribeGroup tells of a group, and of the offsets that it has committed.
func (c *client) DescribeGroup(_ context.Context, group string) (worker.Group, error) {
	groups, err := c.admin.DescribeConsumerGroups([]string{group})
	if err != nil {
		return worker.Group{}, err
	}
	if len(groups) != 1 {
		return worker.Group{}, fmt.Errorf("%d descriptions of one group", len(groups))
	}
	if groups[0].Err != sarama.ErrNoError {
		return worker.Group{}, groups[0].Err
	}
	found := worker.Group{
		Assignor: groups[0].Protocol, MemberCount: len(groups[0].Members), Offsets: map[int32]int64{},
	}
	committed, err := c.admin.ListConsumerGroupOffsets(group, nil) // nil stands for all partitions
	if err != nil {
		return found, err
	}
	for _, partitions := range committed.Blocks {
		for partition, block := range partitions {
			found.Offsets[partition] = block.Offset
		}
	}
	return found, nil
}

func (c *client) DeleteGroup(_ context.Context, group string) error {
	return c.admin.DeleteConsumerGroup(group)
}

func (c *client) Version() string {
	return "sarama " + worker.Version("github.com/IBM/sarama")
}

func (c *client) Close() error {
	for _, producer := range c.producers {
		_ = producer.Close()
	}
	return c.admin.Close() // and with it the client
}
