package bot_test

import (
	"context"
	"errors"
	"time"

	"enlace/bot/state"
)

// errStore is what a store says that works no longer: nothing that a member should read.
var errStore = errors.New("dial tcp 10.0.0.7:4222: nats: authorization violation for s3cret")

// stuck is a store that is at work on whatever it is asked until nobody waits for it any more.
type stuck struct{ state.Store }

func (stuck) Claim(ctx context.Context, _ time.Time, _ string, _ time.Duration) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}

func (stuck) ClaimBriefly(ctx context.Context, _ time.Time, _ string, _ time.Duration) (bool, error) {
	<-ctx.Done()
	return false, ctx.Err()
}
func (stuck) Marks(ctx context.Context, _ string) (map[string]string, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
func (stuck) AnswerIn(ctx context.Context, _ time.Time, _ string) (state.Answer, bool, error) {
	<-ctx.Done()
	return state.Answer{}, false, ctx.Err()
}
func (stuck) Vote(ctx context.Context, _, _ string) (state.Vote, bool, error) {
	<-ctx.Done()
	return state.Vote{}, false, ctx.Err()
}
func (stuck) PutVote(ctx context.Context, _ state.Vote) error {
	<-ctx.Done()
	return ctx.Err()
}

func (stuck) Answer(ctx context.Context, _ time.Time, _ string) (state.Answer, bool, error) {
	<-ctx.Done()
	return state.Answer{}, false, ctx.Err()
}
func (stuck) Take(ctx context.Context, _ time.Time, _ string, _ ...state.Quota) (time.Duration, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}
func (stuck) Used(ctx context.Context, _ time.Time, _ state.Quota) (int, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}
func (stuck) PutAnswer(ctx context.Context, _ time.Time, _ state.Answer) error {
	<-ctx.Done()
	return ctx.Err()
}
func (stuck) Erase(ctx context.Context, _ string) (state.Erased, error) {
	<-ctx.Done()
	return state.Erased{}, ctx.Err()
}

// broken is a store that takes events and knows nothing else.
type broken struct{ state.Store }

func (broken) Answer(context.Context, time.Time, string) (state.Answer, bool, error) {
	return state.Answer{}, false, errStore
}
func (broken) AnswerIn(context.Context, time.Time, string) (state.Answer, bool, error) {
	return state.Answer{}, false, errStore
}
func (broken) PutAnswer(context.Context, time.Time, state.Answer) error { return errStore }
func (broken) Take(context.Context, time.Time, string, ...state.Quota) (time.Duration, error) {
	return 0, errStore
}
func (broken) Used(context.Context, time.Time, state.Quota) (int, error) { return 0, errStore }
func (broken) PutVote(context.Context, state.Vote) error                 { return errStore }
func (broken) Vote(context.Context, string, string) (state.Vote, bool, error) {
	return state.Vote{}, false, errStore
}
func (broken) Erase(context.Context, string) (state.Erased, error) { return state.Erased{}, errStore }
