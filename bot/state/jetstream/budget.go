package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// A day's spending is one counter, so that it changes as a whole: the tokens taken times takenUnit, plus those reserved. Counters
// have no bounds (ADR-49, "counters are big integers").
var takenUnit = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)

func pack(taken, reserved int64) *big.Int {
	v := new(big.Int).Mul(big.NewInt(taken), takenUnit)
	return v.Add(v, big.NewInt(reserved))
}

// unpack is the opposite of pack, for |reserved| below half a unit.
func unpack(v *big.Int) state.Spending {
	half := new(big.Int).Rsh(takenUnit, 1)
	taken, reserved := new(big.Int).DivMod(new(big.Int).Add(v, half), takenUnit, new(big.Int))
	return state.Spending{Taken: taken.Int64(), Reserved: reserved.Sub(reserved, half).Int64()}
}

func (s *Store) spendSubject(day string) string { return s.layout.subject("budget.day.") + key(day) }

// add adds to a day's counter, once for each id, and returns what it is then. Known = it was added before.
func (s *Store) add(ctx context.Context, day, id string, by *big.Int) (now state.Spending, known bool, err error) {
	m := &nats.Msg{Subject: s.spendSubject(day), Header: nats.Header{headerIncrement: {fmt.Sprintf("%+d", by)}, jetstream.MsgIDHeader: {day + ":" + id}}}
	var ack *jetstream.PubAck
	err = s.again(ctx, "counting tokens", func(ctx context.Context) (err error) {
		ack, err = s.js.PublishMsg(ctx, m)
		return err
	})
	if err != nil {
		return now, false, err
	}
	if ack.Duplicate || ack.Value == "" { // the acknowledgement of what was counted before has no value
		now, err = s.Spent(ctx, day)
		return now, true, err
	}
	v, ok := new(big.Int).SetString(ack.Value, 10)
	if !ok {
		return now, false, fmt.Errorf("counting tokens: the engine says %q", ack.Value)
	}
	return unpack(v), false, nil
}

// Reserve implements state.Budget: the tokens are added first, which tells what was there, and taken back where that was too much.
// Whoever looks between the two sees more than there is, never less.
func (s *Store) Reserve(ctx context.Context, day, id string, tokens, limit int64) error {
	tokens = clamp(tokens)
	now, _, err := s.add(ctx, day, id+":reserve", pack(0, tokens))
	if err != nil {
		return err
	}
	now.Reserved -= tokens
	refused := now.Room(tokens, limit)
	if refused == nil {
		return nil
	}
	back, cancel := context.WithTimeout(context.WithoutCancel(ctx), opTime)
	defer cancel()
	if _, _, err := s.add(back, day, id+":back", pack(0, -tokens)); err != nil {
		s.opts.Log.Warn("tokens that nobody takes stay reserved for the day")
	}
	return refused
}

// Settle implements state.Budget.
func (s *Store) Settle(ctx context.Context, day, id string, tokens, taken int64) error {
	_, _, err := s.add(ctx, day, id+":settle", pack(clamp(taken), -clamp(tokens)))
	return err
}

func clamp(tokens int64) int64 { return min(max(tokens, 0), state.MaxSpend) }

// Spent implements state.Budget.
func (s *Store) Spent(ctx context.Context, day string) (now state.Spending, err error) {
	err = s.again(ctx, "counting tokens", func(ctx context.Context) error {
		m, err := s.budget.GetLastMsgForSubject(ctx, s.spendSubject(day))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			now = state.Spending{}
			return nil
		}
		if err != nil {
			return err
		}
		var body struct {
			Value json.RawMessage `json:"val"`
		}
		if err := json.Unmarshal(m.Data, &body); err != nil {
			return err
		}
		v, ok := new(big.Int).SetString(strings.Trim(string(body.Value), `"`), 10)
		if !ok {
			return fmt.Errorf("the count of %s is %q", day, body.Value)
		}
		now = unpack(v)
		return nil
	})
	return now, err
}
