package state

import (
	"container/list"
	"iter"
)

// cache is a map of bounded size that forgets what was put first. It is not safe for concurrent use.
type cache[T any] struct {
	most   int
	forgot func(T) // told what is removed or replaced; may be nil
	order  *list.List
	byKey  map[string]*list.Element
}

type item[T any] struct {
	key   string
	value T
}

func newCache[T any](most int, forgot func(T)) *cache[T] {
	return &cache[T]{most: most, forgot: forgot, order: list.New(), byKey: map[string]*list.Element{}}
}

func (c *cache[T]) get(key string) (value T, ok bool) {
	e, ok := c.byKey[key]
	if !ok {
		return value, false
	}
	return e.Value.(*item[T]).value, true
}

// put makes key the newest.
func (c *cache[T]) put(key string, value T) {
	if e, ok := c.byKey[key]; ok {
		e.Value.(*item[T]).value = value
		c.order.MoveToBack(e)
		return
	}
	c.byKey[key] = c.order.PushBack(&item[T]{key, value})
	for c.order.Len() > c.most {
		c.remove(c.order.Front().Value.(*item[T]).key)
	}
}

func (c *cache[T]) remove(key string) {
	e, ok := c.byKey[key]
	if !ok {
		return
	}
	delete(c.byKey, key)
	c.order.Remove(e)
	if c.forgot != nil {
		c.forgot(e.Value.(*item[T]).value)
	}
}

func (c *cache[T]) oldest() (value T, ok bool) {
	if e := c.order.Front(); e != nil {
		return e.Value.(*item[T]).value, true
	}
	return value, false
}

func (c *cache[T]) len() int { return c.order.Len() }

// pairs yields keys and values, oldest first. The cache must not change meanwhile.
func (c *cache[T]) pairs() iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for e := c.order.Front(); e != nil; e = e.Next() {
			if i := e.Value.(*item[T]); !yield(i.key, i.value) {
				return
			}
		}
	}
}

// all yields the values, oldest first. The cache must not change meanwhile.
func (c *cache[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, v := range c.pairs() {
			if !yield(v) {
				return
			}
		}
	}
}
