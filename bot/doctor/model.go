package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"enlace/config"
	"enlace/knowledge/draft"
	"enlace/knowledge/llm"
)

// The names of the checks about the model.
const (
	nameEndpoint = "model endpoint"
	nameModel    = "model"
	nameSchema   = "model JSON schema"
	nameSpeed    = "model speed"
)

// consult is what was found out about a model.
type consult struct {
	*exam
	listed   []string
	listErr  error
	probe    llm.Report
	speed    speed
	speedErr error
}

// model looks whether answers can be worded.
func (x *exam) model(ctx context.Context) []Check {
	switch {
	case !x.set.Model.Enabled():
		return []Check{skipped(nameEndpoint, "no model is set: answers quote the facts in their own words", "to have answers worded, set model.base_url, or OPENAI_API_KEY")}
	case x.NoModel:
		return []Check{skipped(nameEndpoint, "left alone, as asked", "")}
	}
	c := &consult{exam: x}
	e := &endpoint{base: x.set.Model.BaseURL, model: x.set.Model.Name, key: x.set.Model.APIKey, http: x.clock.listen(sourceModel, x.http), now: x.Now}
	plain := !byDeployment(e.base)
	if !plain {
		c.listErr = statusError(http.StatusNotFound)
	} else if broke := c.sideBySide(ctx, step{nameEndpoint, x.Each, func(ctx context.Context) []Check { c.listed, c.listErr = e.models(ctx); return nil }}); len(broke[0]) > 0 {
		return broke[0]
	}
	if check, stop := c.reached(); stop {
		return []Check{check, skipped(nameModel, "needs an endpoint that answers", ""), skipped(nameSchema, "needs an endpoint that answers", ""), skipped(nameSpeed, "needs an endpoint that answers", "")}
	}
	steps := []step{{nameModel, x.Each, c.ask}}
	if plain {
		steps = append(steps, step{nameSpeed, x.Each, func(ctx context.Context) []Check { c.speed, c.speedErr = e.speak(ctx); return nil }})
	}
	for _, part := range c.sideBySide(ctx, steps...) {
		if len(part) > 0 { // it broke or hangs
			return append([]Check{c.endpointCheck()}, part...)
		}
	}
	last := skipped(nameSpeed, "is not measured at Azure's addresses by deployment", "")
	if plain {
		last = c.speedCheck()
	}
	return []Check{c.endpointCheck(), c.modelCheck(), c.schemaCheck(), last}
}

// byDeployment reports whether the address is one of Azure's that know no list of models: the drafting client knows them.
func byDeployment(base string) bool {
	u, err := url.Parse(base)
	return err == nil && (strings.HasSuffix(u.Hostname(), ".openai.azure.com") || strings.HasSuffix(u.Hostname(), ".cognitiveservices.azure.com")) &&
		!strings.Contains(u.Path, "/openai/v1")
}

// ask lets the drafting client try the model, in the way in which it will be asked.
func (c *consult) ask(ctx context.Context) []Check {
	m := c.set.Model
	client, err := llm.New(m.BaseURL, m.Name, llm.Options{Key: llm.Key(m.APIKey.Reveal()), Timeout: c.Each, FirstToken: c.Each, MaxConcurrent: 1})
	if err != nil {
		return []Check{failed(nameModel, "see `enlace config` for where the settings come from", "%v", err)}
	}
	defer client.Close()
	c.probe = client.Probe(ctx)
	return nil
}

// reached judges the list of models; stop says that it is of no use to ask for more.
func (c *consult) reached() (check Check, stop bool) {
	base := c.set.Model.BaseURL
	const away = "start the server, or correct model.base_url; until then answers quote the facts"
	var status statusError
	switch {
	case c.listErr == nil:
		return Check{}, false
	case errors.Is(c.listErr, context.DeadlineExceeded):
		return failed(nameEndpoint, away, "%s does not answer within %s", base, c.Each), true
	case !errors.As(c.listErr, &status) && !errors.Is(c.listErr, errNotAPI):
		return failed(nameEndpoint, away, "%s cannot be reached: %s", base, reason(c.listErr)), true
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return c.keyRefused(), true
	}
	return Check{}, false // it may have no list
}

func (c *consult) keyRefused() Check {
	if c.set.Model.APIKey == "" {
		return failed(nameEndpoint, "set OPENAI_API_KEY, or ENLACE_MODEL_API_KEY_FILE to a file that holds the key", "%s wants a key and model.api_key is empty", c.set.Model.BaseURL)
	}
	return failed(nameEndpoint, "copy the key again from the account that belongs to this endpoint, and set OPENAI_API_KEY", "%s refuses the key (from %s)", c.set.Model.BaseURL, c.origin("model.api_key"))
}

// endpointCheck judges what the list and the probe say of the endpoint together: some endpoints list their models to everybody.
func (c *consult) endpointCheck() Check {
	base := c.set.Model.BaseURL
	switch kind := c.failure(); {
	case kind == draft.Unauthorized:
		return c.keyRefused()
	case kind == draft.Quota:
		return failed(nameEndpoint, "top the account up, or set another model.base_url", "the account at %s has no credit left", base)
	case kind == draft.RateLimited:
		return warned(nameEndpoint, "wait and run doctor again; if it stays, lower model.max_concurrent or ask for higher limits", "%s asks to wait", base)
	case kind == draft.Unavailable:
		return failed(nameEndpoint, "look at the server's log; until it works answers quote the facts", "%s answers drafts with an error of its own", base)
	case errors.Is(c.listErr, errNotAPI):
		return failed(nameEndpoint, "correct model.base_url; it usually ends with /v1", "%s is no OpenAI-compatible endpoint: its list of models is no such list", base)
	case c.listErr == nil && c.set.Model.APIKey == "":
		return passed(nameEndpoint, "%s answers and wants no key", base)
	case c.listErr == nil:
		return passed(nameEndpoint, "%s answers and takes the key", base)
	case c.probe.Reachable:
		return passed(nameEndpoint, "%s answers, and keeps no list of models", base)
	}
	return failed(nameEndpoint, "correct model.base_url; it usually ends with /v1", "%s does not answer as an OpenAI-compatible endpoint does", base)
}

// failure is why the probe failed; "" where it did not.
func (c *consult) failure() draft.Kind {
	if c.probe.Failure == nil {
		return ""
	}
	return c.probe.Failure.Kind
}

func (c *consult) modelCheck() Check {
	name := c.set.Model.Name
	switch kind := c.failure(); {
	case kind == draft.NotFound:
		remedy := "set model.name to a model of this endpoint"
		if near, ok := config.Nearest(name, c.listed); ok {
			remedy = fmt.Sprintf("set model.name to %s (did you mean that?)", foreign(near))
		} else if len(c.listed) > 0 {
			remedy += ": " + some(foreignAll(c.listed), 6)
		} else if c.listErr != nil {
			remedy += ", or correct model.base_url, which usually ends with /v1"
		}
		return failed(nameModel, remedy, "the endpoint does not know the model %s (from %s)", name, c.origin("model.name"))
	case kind == "" || kind == draft.BadReply || kind == draft.Truncated:
		return passed(nameModel, "%s answers", name)
	case kind == draft.Timeout:
		return warned(nameModel, "run doctor again, since a local server loads a model at the first request; or give it longer with --timeout", "%s did not answer within %s", name, c.Each)
	case kind == draft.Rejected, kind == draft.TooLarge, kind == draft.Filtered:
		return failed(nameModel, "choose another model.name", "%s does not take what it is asked: %s", name, c.probe.Failure)
	}
	return skipped(nameModel, "it is not known whether the endpoint has "+name, "")
}

func foreignAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = foreign(s)
	}
	return out
}

func (c *consult) schemaCheck() Check {
	const remedy = "choose a model or a server with structured outputs (JSON schema)"
	switch kind := c.failure(); {
	case kind == "" && c.probe.Format == llm.JSONSchema:
		return passed(nameSchema, "replies are held to it")
	case kind == "":
		return warned(nameSchema, remedy, "not taken, only %s: more drafts fail, and answers then quote the facts", c.probe.Format)
	case kind == draft.BadReply || kind == draft.Truncated:
		return failed(nameSchema, remedy, "the reply was not the JSON that was asked for: answers quote the facts")
	}
	return skipped(nameSchema, "needs a model that answers", "")
}

func (c *consult) speedCheck() Check {
	if kind := c.failure(); kind == draft.NotFound || kind != "" && c.speedErr != nil {
		return skipped(nameSpeed, "needs a model that answers", "")
	}
	if c.speedErr != nil {
		if errors.Is(c.speedErr, context.DeadlineExceeded) {
			return warned(nameSpeed, "choose a faster model or server, or give it longer with --timeout", "it took more than %s to count to thirty", c.Each)
		}
		return warned(nameSpeed, "see whether the endpoint streams replies; answers do not depend on it", "it could not be measured: %s", reason(c.speedErr))
	}
	s := c.speed
	found := fmt.Sprintf("the first word after %s", s.first.Round(time.Millisecond))
	if s.perSecond > 0 {
		found += fmt.Sprintf(", then %.0f tokens a second", s.perSecond)
	}
	if !s.streamed {
		found += " (the reply came in one piece)"
	}
	limit := min(c.set.Model.FirstTokenTimeout, c.set.Model.Timeout)
	if needs := s.draft(); needs > limit { // a draft is not streamed, so its first byte comes with its end
		return warned(nameSpeed, fmt.Sprintf("raise model.first_token_timeout and model.timeout above %s, or choose a faster model", needs.Round(time.Second)+time.Second),
			"%s: a draft of %d tokens takes %s, and %s are allowed", found, draftTokens, needs.Round(100*time.Millisecond), limit)
	}
	return passed(nameSpeed, "%s", found)
}
