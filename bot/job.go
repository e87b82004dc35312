package bot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

// jobKind names the jobs of this version. Another version's that cannot be read are left for a process that can.
const jobKind = "question/1"

// tokenTime is for how long an interaction is answered by its token, which Discord takes for 15 minutes; Discord docs,
// interactions/receiving-and-responding.
const tokenTime = 14*time.Minute + 30*time.Second

// job is an ask that the inbox has accepted, with everything that another process needs to answer it.
type job struct {
	ask      ask
	quoted   string    // what the bot said in the message that is replied to, as far as Discord tells it
	received time.Time // when the question arrived
	version  int64     // of the question's text: 0 = as it was asked, else when it was edited, in Unix microseconds
	// event is what answers a command; nil = a message.
	event *discordgo.Interaction
}

// jobData is a job as it is kept. Its names are short: thousands of them wait on a bad day.
type jobData struct {
	Origin       origin           `json:"o"`
	Channel      string           `json:"c"`
	Text         string           `json:"q"`
	Lang         knowledge.Lang   `json:"l,omitempty"`
	AnswerIn     knowledge.Lang   `json:"in,omitempty"`
	Private      bool             `json:"p,omitempty"`
	Conversation string           `json:"v,omitempty"`
	ReplyTo      string           `json:"r,omitempty"`
	Quiet        bool             `json:"s,omitempty"`
	Quoted       string           `json:"h,omitempty"`
	Version      int64            `json:"n,omitempty"`
	App          string           `json:"a,omitempty"` // with Token: of an interaction
	Token        string           `json:"t,omitempty"`
	Locale       discordgo.Locale `json:"k,omitempty"`
	ID           string           `json:"i"` // of the question
}

// id is the job's own: every version of a question is a job of its own.
func (j *job) id() string {
	if j.version == 0 {
		return j.ask.id
	}
	return j.ask.id + "." + strconv.FormatInt(j.version, 36)
}

// pack returns the job as the inbox takes it.
func (j *job) pack() (state.Job, error) {
	a := j.ask
	d := jobData{
		Origin: a.origin, Channel: a.channel, Text: a.text, Lang: a.lang, AnswerIn: a.answerIn, Private: a.private,
		Conversation: a.conversation, ReplyTo: a.replyTo, Quiet: a.quiet, Quoted: j.quoted, Version: j.version, ID: a.id,
	}
	s := state.Job{ID: j.id(), Guild: a.guild, User: a.user, Kind: jobKind, At: j.received}
	if j.event != nil {
		d.App, d.Token, d.Locale, s.Deadline = j.event.AppID, j.event.Token, j.event.Locale, j.deadline()
	}
	var err error
	s.Payload, err = json.Marshal(d)
	return s, err
}

// unpack is the opposite of pack.
func unpack(s state.Job) (*job, error) {
	var d jobData
	if s.Kind != jobKind {
		return nil, fmt.Errorf("a job of the kind %q is not for this version", s.Kind)
	}
	if err := json.Unmarshal(s.Payload, &d); err != nil {
		return nil, fmt.Errorf("a job cannot be read: %w", err)
	}
	if d.ID == "" || d.Channel == "" {
		return nil, fmt.Errorf("a job of the kind %q says not what is to be answered where", s.Kind)
	}
	j := &job{quoted: d.Quoted, received: s.At, version: d.Version, ask: ask{
		id: d.ID, origin: d.Origin, guild: s.Guild, channel: d.Channel, user: s.User, text: d.Text, lang: d.Lang, answerIn: d.AnswerIn,
		private: d.Private, conversation: d.Conversation, replyTo: d.ReplyTo, quiet: d.Quiet,
	}}
	if d.Token != "" {
		j.event = &discordgo.Interaction{
			ID: d.ID, AppID: d.App, Token: d.Token, Locale: d.Locale, Type: discordgo.InteractionApplicationCommand, GuildID: s.Guild, ChannelID: d.Channel,
		}
	}
	return j, nil
}

// deadline is when a command cannot be answered by its token any longer.
func (j *job) deadline() time.Time { return j.received.Add(tokenTime) }

// result is what is kept of the work on a question: where it can be seen so far, and, before that is posted, what is to be seen.
type result struct {
	Version  int64        `json:"n,omitempty"` // of the question's text
	At       time.Time    `json:"t"`
	Tries    int          `json:"r,omitempty"` // that were begun, as far as more than one was
	Messages []string     `json:"m,omitempty"` // that show something of it already, in order
	Plain    bool         `json:"p,omitempty"` // these are messages in the channel, of a command whose token is dead
	Final    bool         `json:"f,omitempty"` // Parts and Answer are what stands
	Parts    []partData   `json:"s,omitempty"`
	Answer   state.Answer `json:"a,omitzero"`
}

// partData is a Part as it is kept. Answers have no files.
type partData struct {
	Content string            `json:"c"`
	Rows    []json.RawMessage `json:"r,omitempty"`
}

func packParts(parts []Part) ([]partData, error) {
	var list []partData
	for _, p := range parts {
		d := partData{Content: p.Content}
		for _, row := range p.Rows {
			raw, err := json.Marshal(row)
			if err != nil {
				return nil, err
			}
			d.Rows = append(d.Rows, raw)
		}
		list = append(list, d)
	}
	return list, nil
}

func unpackParts(list []partData) (parts []Part, err error) {
	for _, d := range list {
		p := Part{Content: d.Content}
		for _, raw := range d.Rows {
			row, err := discordgo.MessageComponentFromJSON(raw)
			if err != nil {
				return nil, err
			}
			p.Rows = append(p.Rows, row)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// note is what is known of a question besides its jobs, whichever process finds it out.
type note struct {
	Version int64  `json:"n,omitempty"` // of its newest text; older ones are not answered any longer
	Text    string `json:"q,omitempty"`
	Deleted bool   `json:"d,omitempty"`
}

func noteID(question string) string { return "note:" + question }
