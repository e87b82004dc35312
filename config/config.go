// Package config reads the settings of the program: defaults, one YAML file, the environment and flags, in rising priority.
//
// [Load] reads everything once into an immutable [Config] and reports every problem of every layer together. Nothing is
// watched and nothing is global: a reload is another Load. It is the only package that knows viper, and viper sees only
// the values of known keys, as the text that somebody wrote: its watching, its reading of files and variables, its
// guessing of types and its loss of case stay out of the way.
//
// The rules that the table of keys does not tell:
//
//   - Keys are lower-case, in the file exactly as in the table; variables are ENLACE_ and the key in capitals, dots as
//     underscores. Anything else that begins with ENLACE_ is an error, except what Kubernetes sets for a service of that name.
//   - An ENLACE_ variable that is set but empty counts: it is the empty value, which some keys allow (facts.dir) and others
//     refuse (log.level). Empty _FILE variables and empty conventional ones (DISCORD_TOKEN …) count as not set.
//   - Lists are YAML lists in the file and comma-separated in the environment.
//   - A value in the file is the text as written: 1.10 stays 1.10, and ids need no quotes.
//   - A relative path is relative to the working directory, in a file to the folder of the file; ~/ is $HOME.
package config

import (
	"io"
	"log/slog"
	"time"
)

// DefaultBaseURL is the endpoint of model.base_url when nothing else is said.
const DefaultBaseURL = "https://api.openai.com/v1"

// Config holds the effective settings. It is immutable and safe for concurrent use; callers must not modify its slices.
type Config struct {
	Facts    Facts   `mapstructure:"facts"`
	Language string  `mapstructure:"language"` // auto, en or es
	Model    Model   `mapstructure:"model"`
	Discord  Discord `mapstructure:"discord"`
	Limits   Limits  `mapstructure:"limits"`
	State    State   `mapstructure:"state"`
	HTTP     HTTP    `mapstructure:"http"`
	Log      Log     `mapstructure:"log"`

	file     string
	settings []Setting
}

// File returns the path of the configuration file that was read, "" for none.
func (c *Config) File() string { return c.file }

// Settings returns every key in the order of the table, with the effective value and where it came from; secrets are masked.
func (c *Config) Settings() []Setting { return c.settings }

// Facts says where the fact base is.
type Facts struct {
	Dir   string `mapstructure:"dir"` // absolute; "" = the embedded base
	Watch bool   `mapstructure:"watch"`
}

// Model is an OpenAI-compatible endpoint.
type Model struct {
	BaseURL           string        `mapstructure:"base_url"`
	APIKey            Secret        `mapstructure:"api_key"`
	Name              string        `mapstructure:"name"`
	Timeout           time.Duration `mapstructure:"timeout"`
	FirstTokenTimeout time.Duration `mapstructure:"first_token_timeout"`
	MaxConcurrent     int           `mapstructure:"max_concurrent"`
	DailyTokenBudget  int64         `mapstructure:"daily_token_budget"` // tokens; 0 = no limit
	Embeddings        string        `mapstructure:"embeddings"`         // a model's name; "" = off
}

// Enabled reports whether a model may be asked: a key is set, or an endpoint that may need none.
func (m Model) Enabled() bool { return m.APIKey != "" || m.BaseURL != DefaultBaseURL }

// Discord holds the settings of the bot. Ids are snowflakes in decimal.
type Discord struct {
	Token            Secret       `mapstructure:"token"`
	APIBase          string       `mapstructure:"api_base"`
	Guilds           []string     `mapstructure:"guilds"` // empty = commands are global
	Admins           Admins       `mapstructure:"admins"`
	Channels         Channels     `mapstructure:"channels"`
	PrivateByDefault bool         `mapstructure:"private_by_default"`
	Shards           int          `mapstructure:"shards"` // 0 = as many as Discord recommends
	Interactions     Interactions `mapstructure:"interactions"`
}

// Admins are the users and roles that may use admin commands, besides members with Administrator.
type Admins struct {
	Users []string `mapstructure:"users"`
	Roles []string `mapstructure:"roles"`
}

// Channels says where the bot speaks. An empty Allow means everywhere but in Deny.
type Channels struct {
	Allow      []string `mapstructure:"allow"`
	Deny       []string `mapstructure:"deny"`
	AutoAnswer []string `mapstructure:"auto_answer"`
}

// Interactions is the HTTP endpoint for interactions; an empty Listen turns it off.
type Interactions struct {
	Listen    string `mapstructure:"listen"`
	PublicKey string `mapstructure:"public_key"` // 64 hex digits
}

// Limits bounds what people may ask.
type Limits struct {
	UserPerMinute    int `mapstructure:"user_per_minute"`
	ChannelPerMinute int `mapstructure:"channel_per_minute"`
	QuestionChars    int `mapstructure:"question_chars"` // characters, not bytes
}

// State is the durable store: a directory, or a NATS cluster when URL is set.
type State struct {
	Dir         string `mapstructure:"dir"` // absolute
	URL         Secret `mapstructure:"url"` // may hold a password
	Credentials Secret `mapstructure:"credentials"`
	Replicas    int    `mapstructure:"replicas"`
}

// HTTP is the address of the operator's endpoints; an empty Listen turns them off.
type HTTP struct {
	Listen string `mapstructure:"listen"`
}

// Log says what is logged and how.
type Log struct {
	Level  string `mapstructure:"level"`  // debug, info, warn or error
	Format string `mapstructure:"format"` // text or json
}

// New returns a logger that writes to w as the settings say.
func (l Log) New(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.Level)) // a checked word; the zero value is info
	opts := &slog.HandlerOptions{Level: level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}
