package main

import (
	"context"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// findLag asks how far a group is behind. kadm does all of it: it describes the group, fetches its offsets, and lists
// where the partitions end.
func findLag(ctx context.Context, options worker.MonitorOptions) (map[int32]int64, error) {
	client, err := kgo.NewClient(kgo.SeedBrokers(options.Seed()))
	if err != nil {
		return nil, err
	}
	defer client.Close()
	lags, err := kadm.NewClient(client).Lag(ctx, options.GroupID)
	if err != nil {
		return nil, err
	}
	group := lags[options.GroupID]
	found := map[int32]int64{}
	for partition, member := range group.Lag[options.Topic] {
		found[partition] = member.Lag
	}
	return found, group.Error()
}
