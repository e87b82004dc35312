package ops

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// registry holds metrics and writes them in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats, version
// 0.0.4). It is safe for concurrent use.
type registry struct {
	mu       sync.Mutex
	families []*family
}

// maxSeries bounds the series of a family: labels are words of ours, and a mistake there must not eat the memory.
const maxSeries = 2000

// family is a metric with all its label values.
type family struct {
	name, help, kind string
	labels           []string
	bounds           []float64 // of a histogram's buckets, rising
	series           map[string]*series
	registry         *registry
}

type series struct {
	labels  string // {a="b"}, "" for none
	value   float64
	buckets []uint64
	count   uint64
}

func (r *registry) add(kind, name, help string, bounds []float64, labels ...string) *family {
	f := &family{name: "enlace_" + name, help: help, kind: kind, labels: labels, bounds: bounds, series: map[string]*series{}, registry: r}
	r.families = append(r.families, f)
	if len(labels) == 0 {
		f.at() // a metric without labels is there from the start
	}
	return f
}

// at returns the series with the label values, which the caller uses under the registry's lock.
func (f *family) at(values ...string) *series {
	labels := ""
	if len(f.labels) > 0 {
		pairs := make([]string, len(f.labels))
		for i, name := range f.labels {
			pairs[i] = name + "=" + quote(values[i])
		}
		labels = "{" + strings.Join(pairs, ",") + "}"
	}
	s := f.series[labels]
	if s == nil {
		s = &series{labels: labels, buckets: make([]uint64, len(f.bounds))}
		if len(f.series) < maxSeries {
			f.series[labels] = s
		}
	}
	return s
}

func (f *family) inc(by float64, values ...string) {
	f.registry.mu.Lock()
	defer f.registry.mu.Unlock()
	f.at(values...).value += by
}

func (f *family) set(v float64, values ...string) {
	f.registry.mu.Lock()
	defer f.registry.mu.Unlock()
	f.at(values...).value = v
}

// only makes the series with the label values the only one among those whose first keep labels agree with it, and sets it.
func (f *family) only(keep int, v float64, values ...string) {
	f.registry.mu.Lock()
	defer f.registry.mu.Unlock()
	prefix := "{"
	for i := range keep {
		prefix += f.labels[i] + "=" + quote(values[i]) + ","
	}
	for labels := range f.series {
		if strings.HasPrefix(labels, prefix) {
			delete(f.series, labels)
		}
	}
	f.at(values...).value = v
}

func (f *family) observe(v float64, values ...string) {
	f.registry.mu.Lock()
	defer f.registry.mu.Unlock()
	s := f.at(values...)
	s.value += v
	s.count++
	for i, bound := range f.bounds {
		if v <= bound {
			s.buckets[i]++
		}
	}
}

// WriteTo writes everything.
func (r *registry) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	r.mu.Lock()
	for _, f := range r.families {
		f.write(&b)
	}
	r.mu.Unlock()
	return b.WriteTo(w)
}

func (f *family) write(b *bytes.Buffer) {
	b.WriteString("# HELP " + f.name + " " + strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(f.help) + "\n# TYPE " + f.name + " " + f.kind + "\n")
	all := make([]*series, 0, len(f.series))
	for _, s := range f.series {
		all = append(all, s)
	}
	slices.SortFunc(all, func(x, y *series) int { return strings.Compare(x.labels, y.labels) })
	for _, s := range all {
		if f.kind != "histogram" {
			b.WriteString(f.name + s.labels + " " + number(s.value) + "\n")
			continue
		}
		for i, bound := range f.bounds {
			b.WriteString(f.name + "_bucket" + s.with("le", number(bound)) + " " + strconv.FormatUint(s.buckets[i], 10) + "\n")
		}
		b.WriteString(f.name + "_bucket" + s.with("le", "+Inf") + " " + strconv.FormatUint(s.count, 10) + "\n")
		b.WriteString(f.name + "_sum" + s.labels + " " + number(s.value) + "\n")
		b.WriteString(f.name + "_count" + s.labels + " " + strconv.FormatUint(s.count, 10) + "\n")
	}
}

func (s *series) with(name, value string) string {
	pair := name + "=" + quote(value)
	if s.labels == "" {
		return "{" + pair + "}"
	}
	return strings.TrimSuffix(s.labels, "}") + "," + pair + "}"
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(strings.ToValidUTF8(s, "?")) + `"`
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
